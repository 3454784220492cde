package org.fettle.search.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  @Test
  void findsAProviderByItsName() {
    assertThat(Providers.named(StoneFruitProvider.class, "plum")).isInstanceOf(Plum.class);
  }

  @Test
  void listsAllByName() {
    assertThat(Providers.all(StoneFruitProvider.class))
        .extracting(Provider::name)
        .containsExactly("cherry", "plum");
  }

  @Test
  void saysWhichNamesThereAre() {
    assertThatThrownBy(() -> Providers.named(StoneFruitProvider.class, "pear"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Stone fruit must be one of cherry, plum, but was pear");
  }

  @Test
  void refusesTwoProvidersOfOneNameAndSaysWhereEachIs() {
    URL here = ProvidersTest.class.getProtectionDomain().getCodeSource().getLocation();
    assertThatThrownBy(() -> Providers.named(NutProvider.class, "walnut"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Nut names must be distinct, but hazel was the name of "
                + ("%s in %s and %s in %s"
                    .formatted(Hazel.class.getName(), here, OtherHazel.class.getName(), here)));
  }

  @Test
  void looksWhereTheKindIsWhenTheThreadsLoaderDoesNotSeeIt() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader()));
    try {
      assertThat(Providers.all(StoneFruitProvider.class)).hasSize(2);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  public interface StoneFruitProvider extends Provider {
    @Override
    default String doc() {
      return "a fruit";
    }

    @Override
    default List<Setting> settings() {
      return List.of();
    }
  }

  public static final class Plum implements StoneFruitProvider {
    @Override
    public String name() {
      return "plum";
    }
  }

  public static final class Cherry implements StoneFruitProvider {
    @Override
    public String name() {
      return "cherry";
    }
  }

  public interface NutProvider extends StoneFruitProvider {}

  public static final class Hazel implements NutProvider {
    @Override
    public String name() {
      return "hazel";
    }
  }

  public static final class OtherHazel implements NutProvider {
    @Override
    public String name() {
      return "hazel";
    }
  }
}
