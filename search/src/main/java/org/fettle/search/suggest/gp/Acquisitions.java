package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

/** Makes the acquisition of the next point from the trials so far. */
final class Acquisitions {

  /** Points of the front that enter the boxes: their number grows with its (goals − 1)th power. */
  private static final int[] FRONT = {0, 0, 100, 30, 14, 9};

  private static final int GOOD = 5;

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
    List<Acquisition> parts = new ArrayList<>();
    List<double[]> scales = new ArrayList<>();
    long infeasible = memory.ended().stream().filter(has(TrialState.INFEASIBLE)).count();
    long completed = memory.ended().stream().filter(has(TrialState.COMPLETED)).count();
    List<double[]> good = new ArrayList<>();
    Region region = Region.whole(memory.encoding().dimensions());
    if (completed >= 2) {
      List<Modelled> goals = spec.goals().stream().map(this::goal).toList();
      List<Integer> feasible =
          IntStream.range(0, goals.get(0).kept().size())
              .filter(i -> feasible(goals.get(0).rows().trial(goals.get(0).kept().get(i))))
              .boxed()
              .toList();
      if (!feasible.isEmpty()) {
        if (goals.size() == 1) {
          if (goals.get(0).explained() < LEAST_EXPLAINED) {
            return Optional.empty();
          }
          Optional<Branch> branch = branch();
          parts.add(one(goals.get(0), inside(branch, goals.get(0), feasible), feasible, good));
          region = branch.map(Region::of).orElse(region);
          region = local() ? trusted(goals.get(0), feasible, good.get(0)) : region;
        } else {
          parts.add(several(goals, feasible, good));
        }
        scales.add(goals.get(0).surrogate().hyperparameters().lengthScales());
      }
      for (Constraint constraint : spec.constraints()) {
        bound(constraint(constraint), parts, scales);
      }
    }
    if (infeasible > 0) {
      bound(failure(), parts, scales);
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Aim(Acquisition.sum(parts), memory.ended().size(), scales.get(0), good, region));
  }

  private void bound(Modelled output, List<Acquisition> parts, List<double[]> scales) {
    pending.forEach(output.surrogate()::addPending);
    parts.add(new Feasibility(output.surrogate(), 0));
    scales.add(output.surrogate().hyperparameters().lengthScales());
  }

  private static Predicate<Trial> has(TrialState state) {
    return trial -> trial.state() == state;
  }

  private boolean feasible(Trial trial) {
    Optional<Measurement> measured = trial.completed();
    return measured.isPresent()
        && spec.constraints().stream()
            .allMatch(each -> each.violation(measured.get().value(each.metric())) <= 0);
  }

  private Modelled goal(Goal goal) {
    Rows rows =
        new Rows(
            memory,
            has(TrialState.COMPLETED).or(has(TrialState.PRUNED)),
            trial -> goal.direction().loss(measured(trial, goal.metric())),
            settings.warp()::warped,
            ANY_NOISE);
    return Modelled.of("goal " + goal.metric(), rows, memory, settings);
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

  private Region trusted(Modelled goal, List<Integer> feasible, double[] centre) {
    Encoding encoding = memory.encoding();
    double[] losses = feasible.stream().mapToDouble(goal::loss).toArray();
    double side = TrustRegion.side(losses, settings.startup(), encoding.varying().size());
    return Region.around(centre, side, goal.surrogate().hyperparameters().lengthScales(), encoding);
  }

  /** The branch that the suggestion is for; empty if it may be anywhere. */
  private Optional<Branch> branch() {
    return memory.encoding().options().isEmpty() || random.nextDouble() >= settings.exploration()
        ? Optional.empty()
        : Optional.of(Branch.drawn(memory.encoding(), random));
  }

  private List<Integer> inside(Optional<Branch> branch, Modelled goal, List<Integer> feasible) {
    return feasible.stream()
        .filter(i -> branch.isEmpty() || branch.get().holds(point(goal, i)))
        .toList();
  }

  /** The improvement over the best of some rows, or for want of any over the worst there is. */
  private Acquisition one(
      Modelled goal, List<Integer> inside, List<Integer> feasible, List<double[]> good) {
    Surrogate surrogate = goal.surrogate();
    pending.forEach(surrogate::addPending);
    Comparator<Integer> order = Comparator.comparingDouble(surrogate::smoothed);
    inside.stream().sorted(order).limit(GOOD).forEach(i -> good.add(point(goal, i)));
    int bound =
        inside.stream().min(order).orElseGet(() -> feasible.stream().max(order).orElseThrow());
    return new Improvement(surrogate, surrogate.smoothed(bound), draws());
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
    for (int j = 0; j < reference.length; j++) {
      int goal = j;
      double worst = points.stream().mapToDouble(each -> each[goal]).max().orElseThrow();
      reference[j] = worst + 0.1;
    }
    for (int i : Boxes.front(points)) {
      good.add(point(goals.get(0), feasible.get(i)));
    }
    surrogates.forEach(each -> pending.forEach(each::addPending));
    List<double[]> means = surrogates.stream().map(Surrogate::pendingMeans).toList();
    for (int p = 0; p < pending.size(); p++) {
      int which = p;
      points.add(means.stream().mapToDouble(each -> each[which]).toArray());
    }
    List<double[]> front = new ArrayList<>(Boxes.front(points).stream().map(points::get).toList());
    front.sort(Comparator.comparingDouble(each -> each[0]));
    int most = FRONT[Math.min(FRONT.length - 1, goals.size())];
    return new HypervolumeImprovement(surrogates, Boxes.outside(thinned(front, most), reference));
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
