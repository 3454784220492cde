package org.fettle.search.suggest.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One descent from one start, as far as a memo goes: the two neighbours on each axis give gradient
 * and curvature, a quasi-Newton step is tried in several lengths, and the best of all these points
 * is the next. Where none is better, choices and numbers with few values jump; and where no jump is
 * better either, differences and steps are halved.
 */
final class Descent {

  /** A descent that still improves after so many rounds has had its share. */
  private static final int ROUNDS = 200;

  /** No step is longer than this part of a range. */
  private static final double FARTHEST = 0.5;

  private final Moves moves;
  private final Knobs knobs;
  private Curvature curvature = new Curvature();
  private int[] axes;
  private double[] point;
  private double loss;
  private double difference;
  private double farthest = FARTHEST;

  Descent(Moves moves, double[] start, double loss, Knobs knobs) {
    this.moves = moves;
    this.axes = moves.axes(start);
    this.point = start.clone();
    this.loss = loss;
    this.difference = knobs.difference();
    this.knobs = knobs;
  }

  /** Goes on while the memo knows what it needs. */
  void run(Memo memo) {
    for (int round = 0; round < ROUNDS && difference >= knobs.tolerance(); round++) {
      List<double[]> tried = neighbours();
      double[] losses = memo.losses(tried);
      if (unknown(losses)) {
        return;
      }
      List<double[]> steps = steps(losses);
      double[] ends = memo.losses(steps);
      if (unknown(ends)) {
        return;
      }
      tried.addAll(steps);
      double[] all = Arrays.copyOf(losses, tried.size());
      System.arraycopy(ends, 0, all, losses.length, ends.length);
      double reach = move(tried, all);
      if (reach >= difference / 2) {
        continue;
      }
      // The numbers are nearly at rest, which is when other choices can be told apart.
      List<double[]> jumps = moves.jumps(point);
      double[] landings = memo.losses(jumps);
      if (unknown(landings)) {
        return;
      }
      if (move(jumps, landings) > 0) {
        axes = moves.axes(point);
        curvature = new Curvature();
        farthest = FARTHEST;
      } else {
        difference /= 2;
        farthest /= 2;
      }
    }
  }

  private static boolean unknown(double[] losses) {
    return Arrays.stream(losses).anyMatch(Double::isNaN);
  }

  /** Below and above on each axis, cut at the edges of the cube. */
  private List<double[]> neighbours() {
    List<double[]> neighbours = new ArrayList<>();
    for (int axis : axes) {
      neighbours.add(moved(axis, -difference));
      neighbours.add(moved(axis, difference));
    }
    return neighbours;
  }

  private double[] moved(int axis, double by) {
    double[] moved = point.clone();
    moved[axis] = clamp(moved[axis] + by);
    return moved;
  }

  private List<double[]> steps(double[] losses) {
    double[] gradient = new double[axes.length];
    double[] bends = new double[axes.length];
    double[] here = new double[axes.length];
    for (int i = 0; i < axes.length; i++) {
      here[i] = point[axes[i]];
      double down = here[i] - clamp(here[i] - difference);
      double up = clamp(here[i] + difference) - here[i];
      // A side at the edge, or one that could not be evaluated, says nothing.
      double below = slope(loss, losses[2 * i], -down);
      double above = slope(loss, losses[2 * i + 1], up);
      if (Double.isNaN(below) || Double.isNaN(above)) {
        gradient[i] = Double.isNaN(below) ? orZero(above) : below;
      } else {
        gradient[i] = orZero((below * up + above * down) / (up + down));
        bends[i] = orZero(2 * (above - below) / (up + down));
      }
    }
    curvature.add(here, gradient, bends, farthest);
    return along(curvature.times(gradient));
  }

  private static double slope(double here, double there, double distance) {
    double slope = (there - here) / distance;
    return Double.isFinite(slope) ? slope : Double.NaN;
  }

  private static double orZero(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  /** Ever shorter steps against a direction. */
  private List<double[]> along(double[] direction) {
    double longest = Arrays.stream(direction).map(Math::abs).max().orElse(0);
    List<double[]> steps = new ArrayList<>();
    if (!(longest > 0) || !Double.isFinite(longest)) {
      return steps;
    }
    double length = Math.min(1, farthest / longest);
    for (int k = 0; k < knobs.steps(); k++, length /= 2) {
      double[] end = point.clone();
      for (int i = 0; i < axes.length; i++) {
        end[axes[i]] = clamp(end[axes[i]] - length * direction[i]);
      }
      steps.add(end);
    }
    return steps;
  }

  /** Goes to the best of the points if it is better, and says how far that was on any axis. */
  private double move(List<double[]> tried, double[] losses) {
    int best = -1;
    for (int i = 0; i < losses.length; i++) {
      if (losses[i] < (best < 0 ? loss : losses[best])) {
        best = i;
      }
    }
    if (best < 0) {
      return 0;
    }
    double reach = 0;
    for (int i = 0; i < point.length; i++) {
      reach = Math.max(reach, Math.abs(tried.get(best)[i] - point[i]));
    }
    point = tried.get(best);
    loss = losses[best];
    return reach;
  }

  private static double clamp(double unit) {
    return Math.max(0, Math.min(1, unit));
  }
}
