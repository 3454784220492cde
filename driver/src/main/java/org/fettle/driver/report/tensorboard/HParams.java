package org.fettle.driver.report.tensorboard;

import java.time.Instant;
import java.util.Map;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.Goal;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.TrialState;

/** Data of the HParams plugin ({@code tensorboard/plugins/hparams/plugin_data.proto}). */
final class HParams {

  static final String PLUGIN = "hparams";
  static final String EXPERIMENT = "_hparams_/experiment";
  static final String START = "_hparams_/session_start_info";
  static final String END = "_hparams_/session_end_info";

  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int FLOAT64 = 3;

  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private HParams() {}

  /** What is searched, and for what. */
  static byte[] experiment(StudySpec spec, Instant begun) {
    Message experiment = new Message().real(3, EventFile.seconds(begun));
    for (Parameter parameter : spec.space().parameters()) {
      Message info = new Message().text(1, parameter.name()).text(3, parameter.summary());
      if (parameter instanceof DoubleParameter number) {
        info.integer(4, FLOAT64).message(6, interval(number.low(), number.high()));
      } else if (parameter instanceof IntegerParameter number) {
        info.integer(4, FLOAT64)
            .message(6, interval((double) number.low(), (double) number.high()));
      } else {
        Message values = new Message();
        long count = parameter.cardinality().orElse(0);
        int type = count == 0 ? STRING : type(parameter.value(0));
        for (long i = 0; i < count; i++) {
          type = type == type(parameter.value(i)) ? type : STRING;
        }
        for (long i = 0; i < count; i++) {
          Object value = parameter.value(i);
          values.message(1, value(type == STRING ? value.toString() : value));
        }
        info.integer(4, type).message(5, values);
      }
      experiment.message(4, info);
    }
    for (Goal goal : spec.goals()) {
      experiment.message(5, new Message().message(1, new Message().text(2, goal.metric())));
    }
    return new Message().integer(1, 0).message(2, experiment).bytes();
  }

  private static Message interval(double low, double high) {
    return new Message().real(1, low).real(2, high);
  }

  private static int type(Object value) {
    if (value instanceof Boolean) {
      return BOOL;
    }
    return value instanceof Number ? FLOAT64 : STRING;
  }

  static byte[] started(String group, Map<String, Object> assignment, Instant at) {
    Message session = new Message();
    assignment.forEach(
        (name, value) -> session.message(1, new Message().text(1, name).message(2, value(value))));
    session.text(4, group).real(5, EventFile.seconds(at));
    return new Message().integer(1, 0).message(3, session).bytes();
  }

  static byte[] ended(TrialState state, Instant at) {
    int status = state == TrialState.COMPLETED || state == TrialState.PRUNED ? SUCCESS : FAILURE;
    Message session = new Message().integer(1, status).real(2, EventFile.seconds(at));
    return new Message().integer(1, 0).message(4, session).bytes();
  }

  /** A {@code google.protobuf.Value}. */
  private static Message value(Object value) {
    if (value instanceof Number number) {
      return new Message().real(2, number.doubleValue());
    }
    return value instanceof Boolean flag
        ? new Message().integer(4, flag ? 1 : 0)
        : new Message().text(3, value.toString());
  }
}
