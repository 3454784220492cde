package org.fettle.optimizers.network;

import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** No hidden layer: linear or softmax regression, whose loss has one minimum. */
public final class LinearTemplate implements NetworkTemplateProvider {

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String doc() {
    return "Linear regression, or softmax regression for classes";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    return new NetworkSpec(input, TemplateParts.flat(input), task.outputs(), Initialisation.ZERO);
  }
}
