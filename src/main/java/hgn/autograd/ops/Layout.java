package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;

import hgn.autograd.Edge;
import hgn.autograd.Var;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/** Operations that move elements without arithmetic, in pairs of adjoints. */
public final class Layout {
  private Layout() {}

  /** The same elements under another shape, without a copy. VJP: x' = g reshaped back. */
  public static Var reshape(Var x, Shape shape) {
    return record("reshape", x.value().reshape(shape), wrt(x, (y, g) -> reshape(g, x.shape())));
  }

  /**
   * {@code length} entries along an axis, starting at {@code start}. VJP: x' = g padded with zeros.
   */
  public static Var slice(Var x, int axis, int start, int length) {
    return record(
        "slice",
        TensorOps.slice(x.value(), axis, start, length),
        wrt(x, (y, g) -> pad(g, axis, start, x.shape().dim(axis))));
  }

  /**
   * x padded with zeros to {@code size} entries along an axis, with x starting at {@code start}.
   * VJP: x' = that part of g.
   */
  public static Var pad(Var x, int axis, int start, int size) {
    return record(
        "pad",
        TensorOps.pad(x.value(), axis, start, size),
        wrt(x, (y, g) -> slice(g, axis, start, x.shape().dim(axis))));
  }

  /** Concatenates the parts along an axis. VJP: each part's share of g. */
  public static Var concat(List<Var> parts, int axis) {
    List<Tensor> values = new ArrayList<>(parts.size());
    Edge[] edges = new Edge[parts.size()];
    int start = 0;
    for (int i = 0; i < edges.length; i++) {
      Var part = parts.get(i);
      int from = start;
      int length = part.shape().dim(axis);
      values.add(part.value());
      edges[i] = wrt(part, (y, g) -> slice(g, axis, from, length));
      start += length;
    }
    return record("concat", TensorOps.concat(values, axis), edges);
  }

  /** Part of the first axis, without a copy. VJP: x' = g padded with zeros. */
  public static Var rows(Var x, int start, int count) {
    return record(
        "rows", x.value().rows(start, count), wrt(x, (y, g) -> pad(g, 0, start, x.shape().dim(0))));
  }

  /**
   * Rows {@code rows[i]} of x, see {@link TensorOps#gatherRows}. VJP: x' = the rows of g, each
   * added to the row that it was read from.
   */
  public static Var gatherRows(Var x, Tensor rows) {
    return record(
        "gather rows",
        TensorOps.gatherRows(x.value(), rows),
        wrt(x, (y, g) -> scatterRows(g, rows, x.shape().dim(0))));
  }

  /**
   * Adds row i of x to row {@code rows[i]} of a zero tensor with {@code count} rows. VJP: x' =
   * those rows of g.
   */
  public static Var scatterRows(Var x, Tensor rows, int count) {
    return record(
        "scatter rows",
        TensorOps.scatterRows(x.value(), rows, count),
        wrt(x, (y, g) -> gatherRows(g, rows)));
  }

  /**
   * x (B,R,C) or (B,R,C,K) with its second and third dimension swapped. VJP: x' = g with them
   * swapped back.
   */
  public static Var transpose(Var x) {
    return record("transpose", TensorOps.transpose(x.value()), wrt(x, (y, g) -> transpose(g)));
  }

  /** x (N,H,W,C) with height and width doubled by repeating pixels. VJP: the sums of 2x2 blocks. */
  public static Var upsample2x(Var x) {
    return record("upsample", TensorOps.upsample2x(x.value()), wrt(x, (y, g) -> upsample2xGrad(g)));
  }

  /** The sums of 2x2 blocks. VJP: g upsampled. */
  public static Var upsample2xGrad(Var x) {
    return record(
        "upsample gradient", TensorOps.upsample2xGrad(x.value()), wrt(x, (y, g) -> upsample2x(g)));
  }
}
