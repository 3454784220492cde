package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.fettle.driver.study.Confusion;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

  private static List<Report> reports(
      int folds, int epochs, IntToDoubleFunction training, IntToDoubleFunction validation) {
    List<Report> reports = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        reports.add(
            new Report(
                fold,
                epoch,
                Measurement.of("training-loss", training.applyAsDouble(epoch))
                    .and("validation-loss", validation.applyAsDouble(epoch) + 0.001 * fold)));
      }
    }
    return reports;
  }

  private static List<String> hints(List<Report> reports) {
    return Diagnosis.of(reports, Optional.empty());
  }

  @Test
  void overfittingIsAValidationLossThatRises() {
    assertThat(
            hints(reports(2, 20, epoch -> 1.0 / epoch, epoch -> 0.3 + 0.01 * Math.abs(epoch - 12))))
        .containsExactly(
            "Validation loss rises from epoch 12 (0.3005, at the end 0.3805): more regularisation,"
                + " or fewer epochs");
  }

  @Test
  void aRiseWithinTheFoldsDifferencesSaysNothing() {
    List<Report> reports =
        new ArrayList<>(reports(1, 10, epoch -> 0.5, epoch -> 0.5 - 0.04 * Math.min(epoch, 5)));
    // The second fold falls, the third rises by far, so that the mean rises by their difference.
    double[] ends = {0, -0.3, 0.4};
    for (int fold = 1; fold < 3; fold++) {
      for (int epoch = 1; epoch <= 10; epoch++) {
        double late = Math.max(0, epoch - 5) / 5.0;
        double loss = 0.5 - 0.04 * Math.min(epoch, 5) + ends[fold] * late;
        reports.add(
            new Report(
                fold, epoch, Measurement.of("training-loss", 0.5).and("validation-loss", loss)));
      }
    }
    assertThat(hints(reports)).isEmpty();
  }

  @Test
  void tooFewEpochsLeaveALossThatFalls() {
    assertThat(hints(reports(3, 10, epoch -> 1.0 / epoch, epoch -> 1.0 / epoch)))
        .containsExactly(
            "Validation loss still falls at the last epoch, 10 (0.1010, at epoch 8 0.1260): more"
                + " epochs");
  }

  @Test
  void aLossThatHasSettledSaysNothing() {
    assertThat(hints(reports(3, 30, epoch -> Math.exp(-epoch), epoch -> 0.2 + Math.exp(-epoch))))
        .isEmpty();
  }

  @Test
  void aTrainingLossThatRisesIsTooLargeAStep() {
    assertThat(hints(reports(2, 10, epoch -> 0.1 + 0.01 * Math.abs(epoch - 4), epoch -> 0.3)))
        .containsExactly(
            "Training loss rises from epoch 4 (0.1000, at the end 0.1600): a smaller learning"
                + " rate");
  }

  @Test
  void underfittingIsALossLikeThatOfAConstantPrediction() {
    List<Report> reports = reports(2, 10, epoch -> 0.69 - 0.001 * epoch, epoch -> 0.68);
    Confusion halves = new Confusion(List.of(List.of(5L, 5L), List.of(4L, 6L)));
    assertThat(Diagnosis.of(reports, Optional.of(halves)))
        .containsExactly(
            "Training and validation loss both stay high (0.6800 and 0.6805; a constant prediction"
                + " has 0.6931): a larger network, or a larger learning rate");
    Confusion many =
        new Confusion(List.of(List.of(9L, 0L, 0L), List.of(9L, 0L, 0L), List.of(9L, 0L, 0L)));
    assertThat(Diagnosis.of(reports, Optional.of(many))).isEmpty();
  }

  @Test
  void fewPointsAndOtherReportsSayNothing() {
    assertThat(hints(reports(2, 4, epoch -> 1.0 / epoch, epoch -> 1.0 / epoch))).isEmpty();
    assertThat(hints(List.of())).isEmpty();
    assertThat(hints(List.of(new Report(0, 1, Measurement.of("loss", 1))))).isEmpty();
  }

  @Test
  void curvesAreALineForEachValue() {
    History history =
        History.empty(Sample.spec())
            .started(Assignment.of(), "random")
            .reported(0, new Report(1, 5, Measurement.of("training-loss", 0.5).and("f1", 0.25)));
    assertThat(Curves.csv(history))
        .isEqualTo("trial,fold,step,metric,value\r\n0,1,5,training-loss,0.5\r\n0,1,5,f1,0.25\r\n");
    assertThat(Curves.of(history.trial(0)).toString())
        .isEqualTo("[{fold=1, steps=[5], training-loss=[0.5], f1=[0.25]}]");
  }
}
