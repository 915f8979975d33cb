#include "cluster.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "guard.h"
#include "shuffle.h"

namespace hgn::emulator {

Fault Cluster::run(const Launch& launch, Index first, bool backwards) {
  launch_ = &launch;
  while (blocks_.size() < launch.cluster) {
    blocks_.push_back(std::make_unique<Block>());
  }
  for (unsigned rank = 0; rank < launch.cluster; rank++) {
    Index index = first;
    index.x += rank;
    blocks_[rank]->prepare(launch, index, this);
  }
  alive_ = launch.cluster * launch.block.count();
  arrived_ = 0;
  first_generation_ = generation_;
  counters_.clear();
  parcels_.clear();
  Guard guard;
  if (sigsetjmp(guard.target(), 0) != 0) {
    bool known = current != nullptr;
    culprit_ = known ? *current : Thread();
    culprit_block_ = known ? current->block->index() : first;
    detail_ = known ? current->block->detail() : "";
    fault_address_ = guard.address();
    current = nullptr;
    for (auto& block : blocks_) {
      block->abandon();
    }
    return guard.fault();
  }
  run_threads(backwards);
  return Fault::kNone;
}

void Cluster::run_threads(bool backwards) {
  // Both lists are leaked, not destroyed, by a fault.
  std::vector<Thread*>* waiting = new std::vector<Thread*>;
  std::vector<Thread*>* order = new std::vector<Thread*>;
  for (unsigned rank = 0; rank < launch_->cluster; rank++) {
    for (Thread& thread : blocks_[rank]->threads()) {
      order->push_back(&thread);
    }
  }
  if (backwards) {
    std::reverse(order->begin(), order->end());
  }
  const Index& index = blocks_[0]->index();
  Shuffle shuffle(launch_->seed +
                  (index.x + uint64_t{index.y} * 65537 + uint64_t{index.z} * 65539));
  if (launch_->seed != 0) {
    shuffle(*order);
  }
  for (Thread* thread : *order) {
    thread->block->start(*thread);
    if (!thread->done) {
      waiting->push_back(thread);
    }
  }
  while (!waiting->empty()) {
    size_t kept = 0;
    bool progress = false;
    if (launch_->seed != 0) {
      shuffle(*waiting);
    }
    for (Thread* thread : *waiting) {
      if (*thread->gate != thread->ticket) {
        progress = true;
        thread->block->resume(*thread);
      }
      if (!thread->done) {
        (*waiting)[kept++] = thread;
      }
    }
    waiting->resize(kept);
    if (!progress && !deliver()) {
      current = waiting->front();
      Guard::innermost()->raise(Fault::kDeadlock);
    }
  }
  while (deliver()) {
  }
  delete waiting;
  delete order;
}

void Cluster::arrive() {
  if (current->arrivals++ != current->waits) {
    current->block->stop(Fault::kTrap, "(arrives at the cluster's barrier again without a wait)");
  }
  if (++arrived_ == alive_) {
    complete();
  }
}

void Cluster::wait() {
  if (++current->waits != current->arrivals) {
    current->block->stop(Fault::kTrap, "(waits for the cluster's barrier without an arrival)");
  }
  if (barriers() < current->waits) {
    current->block->wait(&generation_);
  }
}

void Cluster::remove_thread() {
  alive_--;
  if (alive_ > 0 && arrived_ == alive_) {
    complete();
  }
}

void Cluster::complete() {
  arrived_ = 0;
  generation_++;
}

char* Cluster::map(const void* own, unsigned rank) {
  return static_cast<char*>(blocks_[rank]->shared()) +
         (static_cast<const char*>(own) - static_cast<const char*>(current->block->shared()));
}

Cluster::Counter& Cluster::counter(const void* address) {
  auto found = counters_.find(address);
  if (found == counters_.end()) {
    current->block->stop(Fault::kTrap, "(an mbarrier that is not initialised)");
  }
  return found->second;
}

void Cluster::complete_if_due(Counter& counter) {
  if (counter.arrived && counter.missing == 0) {
    counter.arrived = false;
    counter.last[counter.phases % 2] = counter.incoming;
    counter.incoming = Known();
    counter.phases++;
  }
}

void Cluster::init_counter(const void* address) { counters_[address] = Counter(); }

void Cluster::expect(const void* address, size_t bytes) {
  Counter& expecting = counter(address);
  expecting.arrived = true;
  expecting.missing += static_cast<int64_t>(bytes);
  complete_if_due(expecting);
}

void Cluster::wait_for_bytes(const void* address, unsigned parity) {
  Counter& awaited = counter(address);
  while (awaited.phases % 2 == parity) {
    current->block->wait(&awaited.phases);
  }
  current->known.join(awaited.last[parity]);
}

void Cluster::store_async(const void* own, unsigned rank, const void* value, size_t bytes,
                          const void* counter) {
  Block& from = *current->block;
  char text[128];
  if (rank >= launch_->cluster) {
    std::snprintf(text, sizeof text, "(rank %u of a cluster of %u)", rank, launch_->cluster);
    from.stop(Fault::kAddress, text);
  }
  Block& to = *blocks_[rank];
  if (current->waits == 0 || to.ended()) {
    std::snprintf(text, sizeof text, "(shared memory of block (%u,%u,%u), which %s)", to.index().x,
                  to.index().y, to.index().z,
                  to.ended() ? "has ended" : "may not have started, before the cluster's barrier");
    from.stop(Fault::kAddress, text);
  }
  Parcel parcel = {&from, &to, map(own, rank), {}, bytes, map(counter, rank), current->known};
  std::memcpy(parcel.value, value, bytes);
  unsigned self = from.index().x % launch_->cluster;
  parcel.known.before[self] = static_cast<uint32_t>(from.epoch());
  parcels_.push_back(parcel);
}

// Lets the stores arrive that are under way between two blocks, those that made the latest; false
// if there are none. So what a block has waited for longest comes last.
bool Cluster::deliver() {
  if (parcels_.empty()) {
    return false;
  }
  const Block* from = parcels_.back().from;
  const Block* to = parcels_.back().to;
  size_t kept = 0;
  for (const Parcel& parcel : parcels_) {
    if (parcel.from != from || parcel.to != to) {
      parcels_[kept++] = parcel;
      continue;
    }
    current = &parcel.to->threads().front();  // for messages
    if (parcel.to->ended()) {
      parcel.to->stop(Fault::kAddress, "(the block has ended, and a store to it arrives)");
    }
    std::memcpy(parcel.address, parcel.value, parcel.bytes);
    Counter& counting = counter(parcel.counter);
    counting.missing -= static_cast<int64_t>(parcel.bytes);
    counting.incoming.join(parcel.known);
    complete_if_due(counting);
  }
  current = nullptr;
  parcels_.resize(kept);
  return true;
}

}  // namespace hgn::emulator
