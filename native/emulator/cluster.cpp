#include "cluster.h"

#include <algorithm>
#include <cstdio>

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
    if (!progress) {
      current = waiting->front();
      Guard::innermost()->raise(Fault::kDeadlock);
    }
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

void* Cluster::map(const void* own, unsigned rank) {
  Block& from = *current->block;
  char text[128];
  if (rank >= launch_->cluster) {
    std::snprintf(text, sizeof text, "(rank %u of a cluster of %u)", rank, launch_->cluster);
    from.stop(Fault::kAddress, text);
  }
  Block& to = *blocks_[rank];
  const char* problem = to.ended() ? "has ended"
                        : current->waits == 0
                            ? "may not have started, before a barrier of the cluster"
                            : nullptr;
  if (&to != &from && problem != nullptr) {
    std::snprintf(text, sizeof text, "(shared memory of block (%u,%u,%u), which %s)", to.index().x,
                  to.index().y, to.index().z, problem);
    from.stop(Fault::kAddress, text);
  }
  return static_cast<char*>(to.shared()) +
         (static_cast<const char*>(own) - static_cast<const char*>(from.shared()));
}

}  // namespace hgn::emulator
