package org.fettle.driver.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A headless Chromium, driven by its DevTools protocol over the loopback. */
public final class Chromium implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /** Where Chromium is: {@code CHROMIUM}, or on the path. */
  public static Optional<Path> find() {
    String named = System.getenv("CHROMIUM");
    Stream<Path> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .flatMap(
                folder ->
                    Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)));
    return Stream.concat(Stream.ofNullable(named).map(Path::of), path)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one, with a folder of its own. */
  public Chromium(Path program, Path profile, int width, int height) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--window-size=" + width + "," + height,
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
    HttpClient http = HttpClient.newHttpClient();
    String root = "http://127.0.0.1:" + Files.readAllLines(port).get(0);
    JsonNode pages =
        JSON.readTree(
            http.send(
                    HttpRequest.newBuilder(URI.create(root + "/json/list")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    String address = "";
    for (JsonNode page : pages) {
      address =
          page.path("type").asText().equals("page")
              ? page.path("webSocketDebuggerUrl").asText()
              : address;
    }
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .get(30, TimeUnit.SECONDS);
    for (String domain : List.of("Runtime", "Log", "Page", "Network")) {
      send(domain + ".enable", JSON.createObjectNode());
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void heard(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json.has("id")) {
        answers.remove(json.path("id").asInt()).complete(json);
        return;
      }
      String method = json.path("method").asText();
      JsonNode params = json.path("params");
      boolean error =
          method.equals("Runtime.exceptionThrown")
              || method.equals("Page.javascriptDialogOpening")
              || (method.equals("Log.entryAdded")
                  && params.at("/entry/level").asText().equals("error"))
              || (method.equals("Runtime.consoleAPICalled")
                  && List.of("error", "warning").contains(params.path("type").asText()));
      if (error) {
        complaints.add(message);
      }
      if (method.equals("Network.requestWillBeSent")
          && !params
              .at("/request/url")
              .asText()
              .matches("(file|data|about|http://127\\.0\\.0\\.1|http://localhost).*")) {
        complaints.add("loads " + params.at("/request/url").asText());
      }
    } catch (IOException e) {
      complaints.add(e.toString());
    }
  }

  /** Errors and warnings of the console, dialogs, and what was loaded from elsewhere. */
  public List<String> complaints() {
    return complaints;
  }

  /** One command of the protocol. */
  public JsonNode send(String method, ObjectNode params) throws Exception {
    int id = next.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", params);
    socket.sendText(command.toString(), true).get(30, TimeUnit.SECONDS);
    return answer.get(60, TimeUnit.SECONDS);
  }

  public void open(String address) throws Exception {
    send("Page.navigate", JSON.createObjectNode().put("url", address));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> evaluate("document.readyState").asText().equals("complete"));
  }

  /** The value of an expression in the page; a promise is waited for. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (answer.at("/result/exceptionDetails").isObject()) {
      throw new AssertionError(expression + ": " + answer);
    }
    return answer.at("/result/result/value");
  }

  /** Moves the mouse. */
  public void point(double x, double y) throws Exception {
    send(
        "Input.dispatchMouseEvent",
        JSON.createObjectNode().put("type", "mouseMoved").put("x", x).put("y", y));
  }

  /** How the page is to look. */
  public void media(String scheme, int width, int height) throws Exception {
    ObjectNode media = JSON.createObjectNode();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    send("Emulation.setEmulatedMedia", media);
    send(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
