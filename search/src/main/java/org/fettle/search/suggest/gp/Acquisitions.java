package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.search.numeric.NormalDistribution;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Prospects;

/** Makes the acquisition of the next point from the trials so far. */
final class Acquisitions {

  /** Points of the front that enter the boxes: their number grows with its (goals − 1)th power. */
  private static final int[] FRONT = {0, 0, 100, 100, 20, 10};

  private static final int GOOD = 5;

  /** Branches that are drawn until one is promising. */
  private static final int BRANCHES = 8;

  /** How long the sides of the box around a trial of the front are; 0.2 and 0.8 were no better. */
  private static final double FRONT_SIDE = 0.4;

  private static final double ANY_NOISE = 1;

  /**
   * A model that explains less of the scores' variance sees no structure, and would look into the
   * corners of the space only, however poor they are: chance does better. On noisy Hartmann one of
   * 20 studies was lost that way; 0.1 helped it as well, but less.
   */
  private static final double LEAST_EXPLAINED = 0.3;

  /**
   * A trial that ran out of memory would again: noise would blur the border of what is feasible.
   */
  private static final double LABEL_NOISE = 0.1;

  private final StudySpec spec;
  private final Memory memory;
  private final GpSettings settings;
  private final List<double[]> pending;
  private final RandomGenerator random;

  /**
   * What a search works with.
   *
   * @param rows how many trials the models know, which is what a prediction costs
   * @param good points of the best trials, the best first
   * @param region where the search is to look
   */
  @SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
  record Aim(
      Acquisition acquisition,
      int rows,
      double[] lengthScales,
      List<double[]> good,
      Region region) {}

  Acquisitions(
      StudySpec spec,
      Memory memory,
      GpSettings settings,
      List<double[]> pending,
      RandomGenerator random) {
    this.spec = spec;
    this.memory = memory;
    this.settings = settings;
    this.pending = pending;
    this.random = random;
  }

  /** The aim, or nothing while too little is known for one. */
  Optional<Aim> aim() {
    Optional<Branch> branch = branch();
    List<Acquisition> parts = new ArrayList<>();
    List<double[]> scales = new ArrayList<>();
    List<double[]> good = new ArrayList<>();
    int dimensions = memory.encoding().dimensions();
    Region region = branch.map(Region::of).orElseGet(() -> Region.whole(dimensions));
    if (count(TrialState.COMPLETED, branch) >= 2) {
      List<Modelled> goals = spec.goals().stream().map(each -> goal(each, branch)).toList();
      Modelled first = goals.get(0);
      boolean structured = goals.size() > 1 || first.explained() >= LEAST_EXPLAINED;
      if (!structured && branch.isEmpty()) {
        return Optional.empty();
      }
      List<Integer> feasible =
          IntStream.range(0, first.kept().size())
              .filter(i -> feasible(first.rows().trial(first.kept().get(i))))
              .boxed()
              .toList();
      if (structured && !feasible.isEmpty()) {
        parts.add(goals.size() == 1 ? one(first, feasible, good) : several(goals, feasible, good));
        region = local() ? trusted(first, feasible, good) : region;
        scales.add(first.surrogate().hyperparameters().lengthScales());
      }
    }
    if (count(TrialState.COMPLETED, Optional.empty()) >= 2) {
      for (Constraint constraint : spec.constraints()) {
        bound(constraint(constraint), parts, scales);
      }
    }
    if (count(TrialState.INFEASIBLE, Optional.empty()) > 0) {
      bound(failure(), parts, scales);
    }
    if (scales.isEmpty()) {
      scales.add(IntStream.range(0, dimensions).mapToDouble(i -> 1).toArray());
    }
    return parts.isEmpty() && branch.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Aim(Acquisition.sum(parts), memory.ended().size(), scales.get(0), good, region));
  }

  private long count(TrialState state, Optional<Branch> branch) {
    return IntStream.range(0, memory.ended().size()).filter(has(state).and(in(branch))).count();
  }

  private IntPredicate in(Optional<Branch> branch) {
    return i -> branch.isEmpty() || branch.get().holds(memory.features(i));
  }

  private void bound(Modelled output, List<Acquisition> parts, List<double[]> scales) {
    pending.forEach(output.surrogate()::addPending);
    parts.add(new Feasibility(output.surrogate(), 0));
    scales.add(output.surrogate().hyperparameters().lengthScales());
  }

  private IntPredicate has(TrialState state) {
    return i -> memory.ended().get(i).state() == state;
  }

  private boolean feasible(Trial trial) {
    Optional<Measurement> measured = trial.completed();
    return measured.isPresent()
        && spec.constraints().stream()
            .allMatch(each -> each.violation(measured.get().value(each.metric())) <= 0);
  }

  private Modelled goal(Goal goal, Optional<Branch> branch) {
    Rows rows =
        new Rows(
            memory,
            has(TrialState.COMPLETED).or(has(TrialState.PRUNED)).and(in(branch)),
            trial -> goal.direction().loss(measured(trial, goal.metric())),
            spec.goals().size() == 1 ? settings.warp()::warped : OutputWarp.STANDARDIZE::warped,
            ANY_NOISE);
    String name = "goal " + goal.metric() + branch.map(Branch::name).orElse("");
    return Modelled.of(name, rows, memory, settings);
  }

  private static double measured(Trial trial, String metric) {
    if (trial.outcome().orElseThrow() instanceof Outcome.Pruned pruned) {
      return pruned.measurement().has(metric) ? pruned.measurement().value(metric) : Double.NaN;
    }
    return trial.completed().orElseThrow().value(metric);
  }

  private Modelled constraint(Constraint constraint) {
    Rows rows =
        new Rows(
            memory,
            has(TrialState.COMPLETED),
            trial -> constraint.violation(measured(trial, constraint.metric())),
            OutputWarp::scaled,
            ANY_NOISE);
    return Modelled.of(
        "constraint " + spec.constraints().indexOf(constraint), rows, memory, settings);
  }

  /**
   * Trials that could not be evaluated lie above the bound, those that could below, and nearer: a
   * point half-way between the two is not to be tried.
   */
  private Modelled failure() {
    Rows rows =
        new Rows(
            memory,
            has(TrialState.FAILED).negate(),
            trial -> trial.state() == TrialState.INFEASIBLE ? 1.5 : -0.5,
            OutputWarp::scaled,
            LABEL_NOISE);
    return Modelled.of("failure", rows, memory, settings);
  }

  /** Every other suggestion keeps to the trust region, where nothing but places varies. */
  private boolean local() {
    return memory.encoding().smooth() && (memory.ended().size() + pending.size()) % 2 == 1;
  }

  /** Around the best trial, or with several goals around any of the front. */
  private Region trusted(Modelled goal, List<Integer> feasible, List<double[]> good) {
    Encoding encoding = memory.encoding();
    double[] scales = goal.surrogate().hyperparameters().lengthScales();
    if (spec.goals().size() > 1) {
      return Region.around(good.get(random.nextInt(good.size())), FRONT_SIDE, scales, encoding);
    }
    double[] losses = feasible.stream().mapToDouble(goal::loss).toArray();
    double side = TrustRegion.side(losses, settings.startup(), encoding.varying().size());
    return Region.around(good.get(0), side, scales, encoding);
  }

  /** The branch that the suggestion is for; empty if it may be anywhere. */
  private Optional<Branch> branch() {
    if (spec.goals().size() > 1
        || memory.encoding().options().isEmpty()
        || random.nextDouble() >= settings.exploration()) {
      return Optional.empty();
    }
    for (int i = 0; i < BRANCHES; i++) {
      Branch branch = Branch.drawn(memory.encoding(), random);
      if (promising(branch)) {
        return Optional.of(branch);
      }
    }
    return Optional.empty();
  }

  private boolean promising(Branch branch) {
    int all = memory.ended().size();
    long running = pending.stream().filter(branch::holds).count();
    int begun = (int) (IntStream.range(0, all).filter(in(Optional.of(branch))).count() + running);
    return Prospects.promising(
        losses(in(Optional.of(branch))),
        begun,
        branch.parameters(),
        Arrays.stream(losses(i -> true)).min().orElse(Double.POSITIVE_INFINITY),
        all + pending.size());
  }

  /** The losses of feasible trials. */
  private double[] losses(IntPredicate which) {
    Goal goal = spec.goals().get(0);
    return IntStream.range(0, memory.ended().size())
        .filter(which)
        .mapToObj(memory.ended()::get)
        .filter(this::feasible)
        .mapToDouble(trial -> goal.direction().loss(measured(trial, goal.metric())))
        .toArray();
  }

  /** The improvement over the best. */
  private Acquisition one(Modelled goal, List<Integer> feasible, List<double[]> good) {
    Surrogate surrogate = goal.surrogate();
    pending.forEach(surrogate::addPending);
    List<Integer> sorted = new ArrayList<>(feasible);
    sorted.sort(Comparator.comparingDouble(surrogate::smoothed));
    sorted.stream().limit(GOOD).forEach(i -> good.add(point(goal, i)));
    return new Improvement(surrogate, surrogate.smoothed(sorted.get(0)), draws());
  }

  private double[] point(Modelled goal, int i) {
    return memory.encoding().point(goal.rows().trial(goal.kept().get(i)).assignment());
  }

  private double[][] draws() {
    double[][] draws = new double[pending.isEmpty() ? 1 : settings.draws()][pending.size()];
    for (double[] draw : draws) {
      for (int p = 0; p < draw.length; p++) {
        draw[p] = NormalDistribution.quantile(random.nextDouble(0x1p-53, 1));
      }
    }
    return draws;
  }

  /** Running trials are believed to turn out as expected. */
  private Acquisition several(List<Modelled> goals, List<Integer> feasible, List<double[]> good) {
    List<Surrogate> surrogates = goals.stream().map(Modelled::surrogate).toList();
    double[] reference = new double[goals.size()];
    List<double[]> points = new ArrayList<>();
    for (int i : feasible) {
      points.add(surrogates.stream().mapToDouble(each -> each.smoothed(i)).toArray());
    }
    List<Integer> front = Boxes.front(points);
    for (int j = 0; j < reference.length; j++) {
      int goal = j;
      double[] at = front.stream().mapToDouble(i -> points.get(i)[goal]).sorted().toArray();
      double worst = at[at.length - 1];
      reference[j] = worst + 0.1 * (1 + worst - at[0]);
    }
    for (int i : front) {
      good.add(point(goals.get(0), feasible.get(i)));
    }
    surrogates.forEach(each -> pending.forEach(each::addPending));
    List<double[]> means = surrogates.stream().map(Surrogate::pendingMeans).toList();
    for (int p = 0; p < pending.size(); p++) {
      int which = p;
      points.add(means.stream().mapToDouble(each -> each[which]).toArray());
    }
    List<double[]> reached =
        new ArrayList<>(Boxes.front(points).stream().map(points::get).toList());
    reached.sort(Comparator.comparingDouble(each -> each[0]));
    int most = FRONT[Math.min(FRONT.length - 1, goals.size())];
    return new HypervolumeImprovement(surrogates, Boxes.outside(thinned(reached, most), reference));
  }

  private static List<double[]> thinned(List<double[]> front, int most) {
    if (front.size() <= most) {
      return front;
    }
    return IntStream.range(0, most)
        .mapToObj(k -> front.get(k * (front.size() - 1) / (most - 1)))
        .toList();
  }
}
