package hgn.train.sums;

import hgn.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the numbers are that shards contribute to a step: gradients in the order of the parameters,
 * then the terms of the loss, requests to stop, and a flag for each shard.
 */
public final class SumLayout {
  private final List<Parameter> parameters;
  private final List<Integer> offsets = new ArrayList<>();
  private final int gradients;
  private final int shards;

  /**
   * Creates the layout.
   *
   * @param parameters those that are trained, network by network
   */
  public SumLayout(List<Parameter> parameters, int shards) {
    this.parameters = List.copyOf(parameters);
    this.shards = shards;
    int at = 0;
    for (int i = 0; i < parameters.size(); i++) {
      offsets.add(at);
      at = Math.addExact(at, count(i));
    }
    gradients = at;
  }

  /** The parameters. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Place of the first number of a parameter's gradient. */
  public int from(int parameter) {
    return offsets.get(parameter);
  }

  /** How many numbers a parameter's gradient has. */
  public int count(int parameter) {
    return Math.toIntExact(parameters.get(parameter).shape().count());
  }

  /** How many numbers all gradients have, and where those begin that follow them. */
  public int gradients() {
    return gradients;
  }

  /** How many numbers follow the gradients. */
  public int more() {
    return flag(shards);
  }

  /** Among those that follow the gradients, the mean squared error. */
  public int mse() {
    return 0;
  }

  /** Among those that follow the gradients, the term of the loss that is reported beside it. */
  public int reported() {
    return 1;
  }

  /** Among those that follow the gradients, how often a stop was asked for. */
  public int stop() {
    return 2;
  }

  /** Among those that follow the gradients, whether a number of a shard is not finite. */
  public int flag(int shard) {
    return 3 + shard;
  }

  /** How many numbers there are. */
  public int size() {
    return gradients + more();
  }
}
