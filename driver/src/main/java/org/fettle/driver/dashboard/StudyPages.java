package org.fettle.driver.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.fettle.driver.report.html.ReportData;
import org.fettle.driver.report.html.ReportPage;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.StudyView;
import org.jspecify.annotations.Nullable;

/**
 * Serves the report of a study that may still run: the page, what changed since the page last
 * asked, and what is reckoned from all trials, which is reckoned anew every few seconds at most,
 * however many ask. Reads alone; knows GET and HEAD and nothing else.
 */
final class StudyPages extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final Duration FRESH = Duration.ofSeconds(10);

  private final transient Supplier<StudyView> study;
  private final transient InstantSource clock;
  private transient @Nullable Views last;

  /** What was reckoned of the study as it was at its last event then. */
  private record Views(Instant of, Instant at, String json) {}

  StudyPages(Supplier<StudyView> study, InstantSource clock) {
    this.study = study;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Which of the two holds the path depends on how the servlet is mapped.
    String info = request.getPathInfo();
    String path = request.getServletPath() + (info == null ? "" : info);
    switch (path) {
      case "", "/" -> send(response, "text/html", page());
      case "/changes" -> changes(request, response);
      case "/views" -> send(response, "application/json", views());
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private String page() {
    StudyView view = study.get();
    return view.replay().status() == StudyStatus.OPEN
        ? ReportPage.following(view, "")
        : ReportPage.of(view);
  }

  private void changes(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String ended = request.getParameter("ended");
    if (ended == null || !ended.matches("\\d{1,9}")) {
      response.sendError(
          HttpServletResponse.SC_BAD_REQUEST, "Parameter ended must be a whole number");
      return;
    }
    Map<String, Object> changes = ReportData.since(study.get(), Integer.parseInt(ended));
    send(response, "application/json", ReportPage.json(changes));
  }

  private synchronized String views() {
    StudyView now = study.get();
    Views known = last;
    if (known == null || !isFresh(known, now)) {
      known = new Views(now.updated(), clock.instant(), ReportPage.json(ReportData.views(now)));
      last = known;
    }
    return known.json();
  }

  private boolean isFresh(Views known, StudyView now) {
    boolean open = now.replay().status() == StudyStatus.OPEN;
    return known.of().equals(now.updated())
        || (open && clock.instant().isBefore(known.at().plus(FRESH)));
  }

  private static void send(HttpServletResponse response, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setContentType(type + ";charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
