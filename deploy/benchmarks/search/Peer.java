import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;

/** A Python program that tunes by lines of JSON; see {@code peer.py}. */
final class Peer implements AutoCloseable {

  private final Process process;
  private final PrintWriter to;
  private final BufferedReader from;
  private final String version;

  /** Starts {@code python program name}; the first line it says is its version. */
  Peer(String python, String program, String name) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(python, program, name);
    builder.environment().put("OMP_NUM_THREADS", "1");
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    to = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    version = (String) answer().get("version");
  }

  String version() {
    return version;
  }

  Tuner study(Tuner.Setting setting) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(
        "space", setting.problem().space().parameters().stream().map(Peer::described).toList());
    line.put("goals", setting.problem().goals());
    line.put("ways", setting.ways());
    line.put("seed", setting.seed());
    say(line);
    return new Tuner() {
      @Override
      public Answer ask() {
        say(Map.of("ask", true));
        Map<String, Object> answer = answer();
        Map<?, ?> values = (Map<?, ?>) answer.get("values");
        Assignment assignment =
            setting.problem().space().assign(each -> value(each, values.get(each.name())));
        return new Answer(assignment, ((Number) answer.get("millis")).doubleValue());
      }

      @Override
      public void tell(int number, double[] losses) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("tell", number);
        line.put("losses", Arrays.stream(losses).boxed().toList());
        say(line);
      }
    };
  }

  private static Object value(Parameter parameter, Object value) {
    // The peer counts its steps in binary fractions: 0.7000000000000001 is the sixth from 0.1.
    if (parameter instanceof DoubleParameter each && each.step().isPresent()) {
      double steps = (((Number) value).doubleValue() - each.low()) / each.step().getAsDouble();
      return each.value(Math.round(steps));
    }
    return value;
  }

  private static Map<String, Object> described(Parameter parameter) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", parameter.name());
    if (parameter instanceof DoubleParameter each) {
      map.put("kind", "float");
      map.put("low", each.low());
      map.put("high", each.high());
      map.put("log", each.scale() == Scale.LOG);
      map.put("step", each.step().isPresent() ? each.step().getAsDouble() : 0);
    } else if (parameter instanceof IntegerParameter each) {
      map.put("kind", "int");
      map.put("low", each.low());
      map.put("high", each.high());
      map.put("log", each.scale() == Scale.LOG);
    } else if (parameter instanceof CategoricalParameter each) {
      map.put("kind", "choice");
      map.put("choices", each.choices());
    } else {
      throw new IllegalArgumentException(
          "Parameter must be a number or a choice, but was " + parameter);
    }
    List<Object> conditions = new ArrayList<>();
    addConditions(parameter.condition(), conditions);
    map.put("when", conditions);
    return map;
  }

  private static void addConditions(Condition condition, List<Object> conditions) {
    if (condition instanceof Condition.OneOf each) {
      conditions.add(Map.of("parent", each.parent(), "values", each.values()));
    } else if (condition instanceof Condition.AllOf all) {
      all.conditions().forEach(each -> addConditions(each, conditions));
    } else {
      throw new IllegalArgumentException("Condition must be by values, but was " + condition);
    }
  }

  private void say(Map<String, Object> line) {
    to.println(Json.write(line));
  }

  private Map<String, Object> answer() {
    try {
      String line = from.readLine();
      if (line == null) {
        throw new IllegalStateException("Cannot go on: the peer ended, and said why above");
      }
      return Json.read(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    to.close();
    process.destroy();
  }
}
