package hgn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.dynamics.Integrator;
import hgn.dynamics.IntegratorTraits;
import hgn.files.JsonNumbers;
import hgn.verify.Verification;
import java.util.Locale;

/** Verifications as lines of a table and as JSON. */
final class VerificationTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VerificationTable() {}

  static String head() {
    return String.format(
        Locale.ROOT,
        "  %-20s %-12s %-12s %-12s %-12s %s",
        "integrator",
        "order",
        "reversal",
        "|M'OM - O|",
        "max |dH|",
        "dH / time");
  }

  /** A row: the observed order with the declared one in parentheses, and the other numbers. */
  static String row(Verification found) {
    return String.format(
        Locale.ROOT,
        "  %-20s %-12s %-12.1e %-12.1e %-12s %+.1e",
        found.integrator().name(),
        String.format(
            Locale.ROOT, "%.2f (%d)", unsigned(found.order().slope()), found.declaredOrder()),
        found.reversal(),
        found.symplecticity(),
        String.format(Locale.ROOT, "%.1e", found.energy().largest())
            + (found.declaredOrder() == 0 ? " *" : ""),
        found.energy().drift());
  }

  /** Removes the sign of a negative zero. */
  private static double unsigned(double order) {
    return Math.abs(order) < 0.005 ? 0 : order;
  }

  static ObjectNode json(Verification found) {
    ObjectNode node = json(found.integrator());
    node.put("declared_order", found.declaredOrder());
    IntegratorTraits declared = found.integrator().traits();
    node.put("declared_symplectic", declared.symplectic().include(found.separable()));
    node.put("declared_reversible", declared.reversible().include(found.separable()));
    JsonNumbers.put(node, "order", found.order().slope());
    JsonNumbers.put(node, "reversibility_error", found.reversal());
    JsonNumbers.put(node, "symplecticity_defect", found.symplecticity());
    JsonNumbers.put(node, "energy_deviation", found.energy().largest());
    JsonNumbers.put(node, "energy_drift", found.energy().drift());
    node.put("follows_energy", found.declaredOrder() > 0);
    array(node.putArray("dts"), found.order().dts());
    array(node.putArray("errors"), found.order().errors());
    return node;
  }

  static ObjectNode failed(Integrator integrator, RuntimeException failure) {
    return json(integrator).put("failure", failure.getMessage());
  }

  private static ObjectNode json(Integrator integrator) {
    return JSON.createObjectNode().put("integrator", integrator.name());
  }

  private static void array(ArrayNode node, double[] values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        node.add(value);
      } else {
        node.addNull();
      }
    }
  }
}
