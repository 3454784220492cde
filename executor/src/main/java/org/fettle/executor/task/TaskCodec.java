package org.fettle.executor.task;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/**
 * Tasks and results as bytes, by Kryo 5, since Spark's own Kryo 4 cannot serialise records. Only
 * the registered classes cross. For one thread.
 */
public final class TaskCodec {

  /** Larger than any task; a refitted model's bytes make the largest result. */
  private static final int LIMIT = Integer.MAX_VALUE - 64;

  private final Kryo kryo = new Kryo();

  public TaskCodec() {
    kryo.setRegistrationRequired(true);
    // The collections that the records' constructors make.
    register(new Maps(), Collections.unmodifiableMap(new LinkedHashMap<>()), Map.of(1, 1));
    register(new Lists(), List.of(), List.of(1));
    register(new Lists(), Collections.unmodifiableList(new ArrayList<>()));
    kryo.register(byte[].class);
    kryo.register(Optional.class);
    kryo.register(OptionalInt.class);
    for (Class<?> type :
        List.of(
            TrialTask.class,
            Checkpointing.class,
            Work.Train.class,
            Work.Pace.class,
            Work.Refit.class,
            Work.Stage.class,
            Work.Evaluate.class,
            Work.Network.class,
            TaskResult.Scored.class,
            TaskResult.Refitted.class,
            TaskResult.Failed.class,
            Measurement.class,
            Report.class,
            FailureCode.class,
            RunPlace.class,
            RunReport.class)) {
      kryo.register(type);
    }
  }

  private void register(Serializer<?> serializer, Object... samples) {
    for (Object sample : samples) {
      kryo.register(sample.getClass(), serializer);
    }
  }

  public byte[] encode(TrialTask task) {
    return write(task);
  }

  /** What came of a task's runs, in their order. */
  public byte[] encodeResults(List<TaskResult> results) {
    return write(List.copyOf(results));
  }

  public byte[] encodeReports(List<RunReport> reports) {
    return write(List.copyOf(reports));
  }

  public TrialTask decodeTask(byte[] bytes) {
    return (TrialTask) kryo.readClassAndObject(new Input(bytes));
  }

  public List<TaskResult> decodeResults(byte[] bytes) {
    return list(bytes, TaskResult.class);
  }

  public List<RunReport> decodeReports(byte[] bytes) {
    return list(bytes, RunReport.class);
  }

  private <T> List<T> list(byte[] bytes, Class<T> type) {
    return ((List<?>) kryo.readClassAndObject(new Input(bytes))).stream().map(type::cast).toList();
  }

  private byte[] write(Object object) {
    Output output = new Output(512, LIMIT);
    kryo.writeClassAndObject(output, object);
    return output.toBytes();
  }

  /** A map in its order; unmodifiable ones cannot be filled by Kryo itself. */
  private static final class Maps extends Serializer<Map<?, ?>> {
    @Override
    public void write(Kryo kryo, Output output, Map<?, ?> map) {
      output.writeInt(map.size(), true);
      map.forEach(
          (key, value) -> {
            kryo.writeClassAndObject(output, key);
            kryo.writeClassAndObject(output, value);
          });
    }

    @Override
    public Map<?, ?> read(Kryo kryo, Input input, Class<? extends Map<?, ?>> type) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int left = input.readInt(true); left > 0; left--) {
        map.put(kryo.readClassAndObject(input), kryo.readClassAndObject(input));
      }
      return map;
    }
  }

  private static final class Lists extends Serializer<Collection<?>> {
    @Override
    public void write(Kryo kryo, Output output, Collection<?> list) {
      output.writeInt(list.size(), true);
      list.forEach(element -> kryo.writeClassAndObject(output, element));
    }

    @Override
    public Collection<?> read(Kryo kryo, Input input, Class<? extends Collection<?>> type) {
      List<Object> list = new ArrayList<>();
      for (int left = input.readInt(true); left > 0; left--) {
        list.add(kryo.readClassAndObject(input));
      }
      return list;
    }
  }
}
