package hgn.train.sums;

import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.ranks.RankLostException;
import hgn.ranks.Ranks;
import hgn.ranks.TreeSum;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.threads.ThreadPools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Sums in the host's memory. That of a network begins as soon as its gradients of the last own
 * shard are there, in a thread of its own, while those of other networks are still computed. All
 * ranks complete their networks in the same order, that of the backward pass.
 */
final class HostSums implements ShardSums {
  private final List<Section> sections = new ArrayList<>();
  private final int[] sectionOf;
  private final SumLayout layout;
  private final int own;
  private final float[] sums;
  private final Arena arena = new Arena("sums over shards");
  private final Tensor total;
  private final ExecutorService sender;
  private final List<Future<?>> begun = new ArrayList<>();
  private int shards;

  /** The numbers of one network, or those that follow all of them. */
  private static final class Section {
    private final TreeSum sum;
    private final int from;
    private int count;
    private int parameters;
    private int missing;
    private float[] shard;

    Section(Ranks ranks, int from) {
      this.sum = new TreeSum(ranks);
      this.from = from;
    }
  }

  HostSums(Ranks ranks, Parameters parameters, SumLayout layout, int own) {
    this.layout = layout;
    this.own = own;
    sectionOf = new int[layout.parameters().size()];
    String network = null;
    for (int i = 0; i < sectionOf.length; i++) {
      Parameter parameter = layout.parameters().get(i);
      if (!parameter.network().equals(network)) {
        network = parameter.network();
        sections.add(new Section(ranks, layout.from(i)));
      }
      Section section = sections.get(sections.size() - 1);
      sectionOf[i] = sections.size() - 1;
      section.count += layout.count(i);
      section.parameters++;
    }
    Section rest = new Section(ranks, layout.gradients());
    rest.count = layout.more();
    sections.add(rest);
    sums = new float[layout.size()];
    try (Arena.Entered owner = arena.enter()) {
      total = Tensor.allocate(parameters.backend(), parameters.dtype(), Shape.of(sums.length));
    }
    sender = ThreadPools.fixed(1, "sums over ranks");
  }

  @Override
  public void begin() {
    shards++;
    for (Section section : sections) {
      section.shard = new float[section.count];
      section.missing = section.parameters;
    }
  }

  @Override
  public void put(int parameter, Tensor gradient) {
    Section section = sections.get(sectionOf[parameter]);
    int offset = layout.from(parameter) - section.from;
    System.arraycopy(gradient.toFloats(), 0, section.shard, offset, layout.count(parameter));
    section.missing--;
    if (section.missing == 0) {
      close(section);
    }
  }

  @Override
  public void end(Tensor more) {
    for (Section section : sections.subList(0, sections.size() - 1)) {
      if (section.missing > 0) {
        close(section);
      }
    }
    Section rest = sections.get(sections.size() - 1);
    rest.shard = more.toFloats();
    close(rest);
    shards %= own;
  }

  private void close(Section section) {
    float[] shard = section.shard;
    section.missing = 0;
    if (shards == own) {
      begun.add(
          sender.submit(
              () -> {
                section.sum.add(shard);
                System.arraycopy(section.sum.total(), 0, sums, section.from, section.count);
              }));
    } else {
      section.sum.add(shard);
    }
  }

  @Override
  public Tensor total() {
    try {
      for (Future<?> one : begun) {
        one.get();
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RankLostException lost) {
        throw lost;
      }
      throw new IllegalStateException("[sums] " + failure.getCause().getMessage(), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("[sums] interrupted while waiting for other ranks", stopped);
    } finally {
      begun.clear();
    }
    return total.set(sums);
  }

  @Override
  public void close() {
    sender.shutdownNow();
    arena.close();
  }
}
