package org.fettle.search.suggest.gp;

/** Experiments: removed before release. */
final class Tuning {
  static final double[] D = {Math.sqrt(2), Math.sqrt(3), -4, 1, 0, 0, 0, 0, 0, 0, 0, 0};

  static {
    String given = System.getProperty("gp.tuning", "");
    if (!given.isEmpty()) {
      for (String each : given.split(",")) {
        String[] pair = each.split("=");
        D[Integer.parseInt(pair[0])] = Double.parseDouble(pair[1]);
      }
    }
  }

  private Tuning() {}
}
