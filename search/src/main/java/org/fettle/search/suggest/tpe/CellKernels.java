package org.fettle.search.suggest.tpe;

import org.fettle.search.numeric.TruncatedNormal;

/**
 * Kernels over the cells of a parameter with few values. Trials with the same value share a kernel,
 * so that a table of cells by values holds all of them.
 */
final class CellKernels implements Kernels.Single {

  /** Keeps the logarithm of a cell far out finite; the prior alone decides there. */
  private static final double LEAST = 1e-12;

  private final Dimension dimension;

  /** The cell of each kernel; the number of cells for a uniform kernel. */
  private final int[] cells;

  /** By cell, then by kernel's cell: the logarithm of probability over the cell's width. */
  private final double[][] logs;

  /** By kernel's cell, then by cell: the probability. */
  private final double[][] shares;

  private CellKernels(Dimension dimension, double[] points, double[][] shares) {
    this.dimension = dimension;
    this.shares = shares;
    int count = dimension.cells();
    cells = new int[points.length + 1];
    cells[points.length] = count;
    for (int i = 0; i < points.length; i++) {
      cells[i] = Double.isNaN(points[i]) ? count : dimension.cell(points[i]);
    }
    logs = new double[count][count + 1];
    for (int cell = 0; cell < count; cell++) {
      for (int of = 0; of < count; of++) {
        double share = Math.max(LEAST, shares[of][cell]);
        logs[cell][of] = StrictMath.log(share / dimension.width(cell));
      }
    }
  }

  /** Truncated normals around the middles of cells, integrated over each cell. */
  static CellKernels ordered(Dimension dimension, double[] points, double deviation) {
    int count = dimension.cells();
    double[][] shares = new double[count][count];
    for (int of = 0; of < count; of++) {
      for (int cell = 0; cell < count; cell++) {
        shares[of][cell] =
            TruncatedNormal.between(
                dimension.middle(of), deviation, dimension.from(cell), dimension.to(cell));
      }
    }
    return new CellKernels(dimension, points, shares);
  }

  /**
   * The trial's own choice has weight 1 and every choice {@code even} besides.
   *
   * <p>J. Aitchison, C. G. G. Aitken, <i>Multivariate binary discrimination by the kernel
   * method</i>, Biometrika 63, 1976.
   */
  static CellKernels unordered(Dimension dimension, double[] points, double even) {
    int count = dimension.cells();
    double[][] shares = new double[count][count];
    for (int of = 0; of < count; of++) {
      for (int cell = 0; cell < count; cell++) {
        shares[of][cell] = (even + (of == cell ? 1 : 0)) / (1 + even * count);
      }
    }
    return new CellKernels(dimension, points, shares);
  }

  @Override
  public void addLogs(double[] units, int from, int length, double[][] sums) {
    for (int p = 0; p < units.length; p++) {
      if (!Double.isNaN(units[p])) {
        addLogs(logs[dimension.cell(units[p])], from, length, sums[p]);
      }
    }
  }

  private void addLogs(double[] byCell, int from, int length, double[] sums) {
    for (int i = 0; i < length; i++) {
      sums[i] += byCell[cells[from + i]];
    }
  }

  @Override
  public double draw(int kernel, double share) {
    int last = dimension.cells() - 1;
    if (cells[kernel] > last) {
      return dimension.middle(dimension.cell(share));
    }
    double left = share;
    int cell = 0;
    while (cell < last && left >= shares[cells[kernel]][cell]) {
      left -= shares[cells[kernel]][cell];
      cell++;
    }
    return dimension.middle(cell);
  }
}
