import static hgn.autograd.ops.Functions.sin;
import static hgn.autograd.ops.Functions.square;
import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.tensor.*;
import java.util.List;

public class T {
  public static void main(String[] a) {
    try (Arena arena = Arena.open("example")) {
Var x = Var.leaf(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(1), 0.5));
Var y = sin(square(x));                                   // sin x^2
Var dy = Gradients.of(y, List.of(x), true).get(0);        // 2x cos x^2; true: onto the tape as well
Var d2y = Gradients.of(dy, List.of(x), false).get(0);     // 2 cos x^2 - 4x^2 sin x^2
System.out.println(y.item() + " " + dy.item() + " " + d2y.item()+" "+dy+" "+Tape.recordedNodes());
double X=.5; System.out.println(Math.sin(X*X)+" "+2*X*Math.cos(X*X)+" "+(2*Math.cos(X*X)-4*X*X*Math.sin(X*X)));
    }
  }
}
