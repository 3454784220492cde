package org.fettle.driver.job;

import java.util.List;
import java.util.Map;
import org.fettle.driver.job.DataSpec.LearningTask;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.Settings;
import org.jspecify.annotations.Nullable;

/** Refuses losses that are not for the task, also as options of a choice. */
record LossCheck(Problems problems, LearningTask task) {

  private static final Setting LOSS = Loss.setting();

  void check(@Nullable Node training) {
    if (training instanceof Node.Fields fields && fields.nodes().containsKey("loss")) {
      check("training.loss", fields.nodes().get("loss"));
    }
  }

  private void check(String path, @Nullable Node node) {
    Node choice = node instanceof Node.Fields fields ? fields.nodes().get("choice") : null;
    if (choice != null) {
      choice.children(path + ".choice").forEach(this::check);
      return;
    }
    if (node instanceof Node.Fields fields) {
      check(path + ".type", fields.nodes().get("type"));
      return;
    }
    Object name = node instanceof Node.Scalar scalar ? scalar.value() : null;
    if (name instanceof String loss && names().contains(loss) && !suits(loss)) {
      String fitting = String.join(", ", names().stream().filter(this::suits).toList());
      problems.add(path, loss, "must be a loss for " + JobSpec.word(task) + ", such as " + fitting);
    }
  }

  private static List<String> names() {
    return List.copyOf(((SettingType.Kinds) LOSS.type()).kinds().keySet());
  }

  private boolean suits(String loss) {
    Settings settings = Settings.of(List.of(LOSS), Map.of("loss", loss));
    return Loss.from(settings.kind("loss")).suits(GoalSection.example(task));
  }
}
