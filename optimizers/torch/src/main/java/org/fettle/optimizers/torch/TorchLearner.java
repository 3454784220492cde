package org.fettle.optimizers.torch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.loop.Epoch;
import org.fettle.optimizers.loop.FusedLearner;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.loop.Trainee;
import org.jspecify.annotations.Nullable;

/** Trains runs as one network. When some have ended, the others go on as a smaller one. */
final class TorchLearner implements FusedLearner {

  private final DeviceRows rows;
  private final Settled settled;
  private final List<Member> members = new ArrayList<>();
  private @Nullable Group group;

  TorchLearner(List<LearnerFactory.Beginning> beginnings, Settled settled) {
    this.settled = settled;
    this.rows =
        new DeviceRows(
            beginnings.stream().map(LearnerFactory.Beginning::run).toList(), settled.place());
    try {
      for (int i = 0; i < beginnings.size(); i++) {
        members.add(new Member(beginnings.get(i), rows.offset(i), settled));
      }
      regroup(members);
    } catch (Throwable failure) {
      close();
      members.forEach(member -> member.network().close());
      throw failure;
    }
  }

  private Group regroup(List<Member> together) {
    Group made = new Group(together, rows, settled);
    together.forEach(member -> member.in(made));
    group = made;
    return made;
  }

  @Override
  public List<? extends Trainee> trainees() {
    return members;
  }

  @Override
  public double[] epoch(List<Optional<Epoch>> epochs) {
    List<Member> going = new ArrayList<>();
    List<Epoch> theirs = new ArrayList<>();
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i).isPresent()) {
        going.add(members.get(i));
        theirs.add(epochs.get(i).get());
      }
    }
    double[] sums = grouped(going).epoch(theirs);
    double[] all = new double[members.size()];
    for (int i = 0; i < sums.length; i++) {
      all[members.indexOf(going.get(i))] = sums[i];
    }
    return all;
  }

  private Group grouped(List<Member> going) {
    Group before = requireNonNull(group, "Learner is closed");
    if (before.members().size() == going.size()) {
      return before;
    }
    List<TrainingState.Memory> memories = going.stream().map(Member::memory).toList();
    List<float[]> parameters = going.stream().map(member -> member.network().parameters()).toList();
    before.close();
    group = null;
    Group after = regroup(going);
    for (int i = 0; i < going.size(); i++) {
      going.get(i).restore(parameters.get(i), memories.get(i));
    }
    return after;
  }

  @Override
  public void close() {
    if (group != null) {
      group.close();
      group = null;
    }
    rows.close();
  }
}
