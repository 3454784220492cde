package org.fettle.driver.report.html;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fettle.driver.study.StudyView;

/**
 * The report as one HTML page that loads nothing: style, scripts and data are in it, and its own
 * content security policy allows the scripts of this release alone. What comes from the study gets
 * into the page as JSON in which no tag can begin, and from there as text.
 */
public final class ReportPage {

  private static final List<String> SCRIPTS =
      List.of("model.js", "charts.js", "plots.js", "table.js", "page.js");
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportPage() {}

  /** The page of a study as it is now. */
  public static String of(StudyView view) {
    return page(view, Optional.empty());
  }

  /**
   * The page of a study that goes on.
   *
   * @param address under which the page finds {@code changes} and {@code views}, relative to its
   *     own
   */
  public static String following(StudyView study, String address) {
    return page(study, Optional.of(address));
  }

  private static String page(StudyView view, Optional<String> address) {
    String library = resource("echarts.min.js");
    String script = SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n"));
    String policy =
        "default-src 'none'; script-src 'sha256-%s' 'sha256-%s'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'%s"
            .formatted(
                digest(library), digest(script), address.isPresent() ? "; connect-src 'self'" : "");
    return filled(
        resource("report.html"),
        Map.of(
            "live", address.map(each -> " data-live=\"" + escaped(each) + "\"").orElse(""),
            "policy", policy,
            "title", escaped(view.job().study() + " · Fettle"),
            "style", resource("report.css"),
            "data", json(ReportData.of(view)),
            "library", library,
            "script", script));
  }

  /** Plain data as JSON that may stand in HTML: none of its strings begins a tag. */
  public static String json(Map<String, ?> data) {
    try {
      return JSON.writeValueAsString(data)
          .replace("<", "\\u003c")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new AssertionError("Plain data is JSON", e);
    }
  }

  /** Fills in each place once; what is filled in is not looked at again. */
  private static String filled(String template, Map<String, String> parts) {
    StringBuilder page = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", from)) {
      int close = template.indexOf("}}", open);
      page.append(template, from, open);
      page.append(requireNonNull(parts.get(template.substring(open + 2, close))));
      from = close + 2;
    }
    return page.append(template.substring(from)).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String digest(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every JDK has SHA-256", impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(
          requireNonNull(in, () -> name + " is not in the jar").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
