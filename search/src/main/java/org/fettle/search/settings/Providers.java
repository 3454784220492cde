package org.fettle.search.settings;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the providers of an extension point on the class path. */
public final class Providers {

  private Providers() {}

  /**
   * Returns every provider of a kind, by name.
   *
   * @throws IllegalStateException where several providers have the same name
   */
  public static <P extends Provider> List<P> all(Class<P> kind) {
    Map<String, List<P>> byName = new TreeMap<>();
    for (P provider : ServiceLoader.load(kind, loader(kind))) {
      byName.computeIfAbsent(provider.name(), name -> new ArrayList<>()).add(provider);
    }
    for (Map.Entry<String, List<P>> entry : byName.entrySet()) {
      if (entry.getValue().size() > 1) {
        throw new IllegalStateException(
            "%s names must be distinct, but %s was the name of %s"
                .formatted(
                    word(kind),
                    entry.getKey(),
                    entry.getValue().stream()
                        .map(Providers::origin)
                        .collect(Collectors.joining(" and "))));
      }
    }
    return byName.values().stream().map(providers -> providers.get(0)).toList();
  }

  /**
   * Returns the provider of that name.
   *
   * @throws IllegalArgumentException where there is none; the message lists those that there are
   * @throws IllegalStateException where several providers of the kind have the same name
   */
  public static <P extends Provider> P named(Class<P> kind, String name) {
    List<P> all = all(kind);
    return all.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(kind, all, name)));
  }

  private static String unknown(Class<?> kind, List<? extends Provider> all, String name) {
    String known = all.stream().map(Provider::name).collect(Collectors.joining(", "));
    return "%s must be one of %s, but was %s".formatted(word(kind), known, name);
  }

  /**
   * The context's loader sees jars added at run time, but a pool's thread may have a foreign one.
   */
  private static ClassLoader loader(Class<?> kind) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      try {
        if (Class.forName(kind.getName(), false, context) == kind) {
          return context;
        }
      } catch (ClassNotFoundException foreign) {
        return kind.getClassLoader();
      }
    }
    return kind.getClassLoader();
  }

  private static String origin(Provider provider) {
    Class<?> type = provider.getClass();
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return type.getName() + " in " + (source == null ? "the JDK" : source.getLocation());
  }

  /** "Network template" for {@code NetworkTemplateProvider}. */
  private static String word(Class<?> kind) {
    String words =
        kind.getSimpleName().replaceFirst("Provider$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    return words.substring(0, 1) + words.substring(1).toLowerCase(Locale.ROOT);
  }
}
