package hgn.train;

import hgn.nn.Parameter;
import hgn.ranks.RankLostException;
import hgn.ranks.Ranks;
import hgn.ranks.TreeSum;
import hgn.threads.ThreadPools;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The sums over all shards of the gradients of each network, and of the numbers that follow them.
 * The sum of a network's begins as soon as its gradients of the last own shard are there, in a
 * thread of its own, while those of other networks are still computed. All ranks complete their
 * networks in the same order, that of the backward pass.
 */
final class ShardSums implements AutoCloseable {
  private final List<Section> sections = new ArrayList<>();
  private final int[] sectionOf;
  private final int[] offset;
  private final int[] length;
  private final float[] total;
  private final ExecutorService sender;
  private final List<Future<?>> begun = new ArrayList<>();

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

  /**
   * Creates the sums.
   *
   * @param parameters those that are trained, network by network
   * @param more how many numbers follow the gradients
   */
  ShardSums(Ranks ranks, List<Parameter> parameters, int more) {
    sectionOf = new int[parameters.size()];
    offset = new int[parameters.size()];
    length = new int[parameters.size()];
    int at = 0;
    String network = null;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (!parameter.network().equals(network)) {
        network = parameter.network();
        sections.add(new Section(ranks, at));
      }
      Section section = sections.get(sections.size() - 1);
      sectionOf[i] = sections.size() - 1;
      offset[i] = at - section.from;
      length[i] = Math.toIntExact(parameter.shape().count());
      section.count += length[i];
      section.parameters++;
      at += length[i];
    }
    Section rest = new Section(ranks, at);
    rest.count = more;
    sections.add(rest);
    total = new float[at + more];
    sender = ThreadPools.fixed(1, "sums over ranks");
  }

  /** Begins the next own shard. */
  void begin() {
    for (Section section : sections) {
      section.shard = new float[section.count];
      section.missing = section.parameters;
    }
  }

  /**
   * Takes a gradient of this shard.
   *
   * @param parameter its number
   * @param last whether this is the last own shard, so that sums may begin
   */
  void put(int parameter, float[] gradient, boolean last) {
    Section section = sections.get(sectionOf[parameter]);
    System.arraycopy(gradient, 0, section.shard, offset[parameter], length[parameter]);
    section.missing--;
    if (section.missing == 0) {
      close(section, last);
    }
  }

  /** Ends the shard; gradients that were not put are 0. */
  void end(float[] more, boolean last) {
    for (Section section : sections.subList(0, sections.size() - 1)) {
      if (section.missing > 0) {
        close(section, last);
      }
    }
    Section rest = sections.get(sections.size() - 1);
    rest.shard = more;
    close(rest, last);
  }

  private void close(Section section, boolean last) {
    float[] shard = section.shard;
    section.missing = 0;
    if (last) {
      begun.add(
          sender.submit(
              () -> {
                section.sum.add(shard);
                System.arraycopy(section.sum.total(), 0, total, section.from, section.count);
              }));
    } else {
      section.sum.add(shard);
    }
  }

  /**
   * Waits for all sums; the array is valid until the next shard ends.
   *
   * @throws RankLostException if a rank has ended or no longer answers
   */
  float[] total() {
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
    return Arrays.copyOf(total, total.length);
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
