package hgn.testing.programs;

import hgn.cli.ranked.RankDevices;
import hgn.nn.Parameters;
import hgn.random.Philox;
import hgn.ranks.Launch;
import hgn.ranks.mpi.MpiRanks;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.DeviceException;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.train.sums.ShardSums;
import hgn.train.sums.SumLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A rank of an {@code mpirun} whose device sums {@link #SHARDS} shards with those of the others,
 * and writes the sums to the file {@code sum.RANK}.
 */
public final class DeviceSumsProgram {
  public static final int SHARDS = 8;

  /** Numbers of the only gradient; odd, so that halves differ. */
  public static final int COUNT = 1001;

  private static final int TURNS = 2;

  private DeviceSumsProgram() {}

  /** Numbers of different sizes, so that every order of adding them rounds differently. */
  public static float[] shard(int shard, int count) {
    double[] normal = new double[count];
    Philox.normal(3, shard, normal);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (normal[i] * Math.pow(10, (shard * 5 + i) % 4));
    }
    return values;
  }

  public static void main(String[] args) throws IOException {
    MpiRanks ranks =
        MpiRanks.start(
            Launch.of(System.getenv()).orElseThrow(), line -> Runtime.getRuntime().halt(3));
    RankDevices.shared(ranks).requireFor("cuda");
    Backend cuda = Backends.get("cuda");
    try (Parameters parameters = new Parameters(cuda, DType.FLOAT32);
        Arena arena = Arena.open("test")) {
      parameters.add("net.weight", Shape.of(COUNT), new double[COUNT]);
      SumLayout layout = new SumLayout(parameters.trained(), SHARDS);
      int own = SHARDS / ranks.size();
      float[] total = null;
      try (ShardSums sums = ShardSums.onDevice(ranks, parameters, layout, own)) {
        for (int turn = 0; turn < TURNS; turn++) {
          for (int k = 0; k < own; k++) {
            float[] all = shard(ranks.rank() * own + k, layout.size());
            Tensor shard = Tensor.of(cuda, DType.FLOAT32, Shape.of(all.length), all);
            sums.begin();
            sums.put(0, shard.rows(0, COUNT));
            sums.end(shard.rows(COUNT, layout.more()));
          }
          total = sums.total().toFloats();
        }
      }
      Files.writeString(Path.of("sum." + ranks.rank()), text(total));
      ranks.finish();
    } catch (DeviceException failure) {
      Files.writeString(Path.of("failure." + ranks.rank()), failure.getMessage());
      ranks.abort(1);
      Runtime.getRuntime().halt(1);
    }
    System.exit(0);
  }

  /** The bits of these numbers. */
  public static String text(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> Integer.toHexString(Float.floatToRawIntBits(values[i])))
        .collect(Collectors.joining("\n"));
  }
}
