package org.fettle.executor.checkpoint;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/**
 * How far a run is.
 *
 * @param state what it needs to go on, as its engine or its objective writes it; nobody may write
 *     to the array
 * @param reports what it has reported so far
 * @param seconds that it has worked so far
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record RunProgress(byte[] state, List<Report> reports, double seconds) {

  public RunProgress {
    requireNonNull(state, "state is null");
    reports = List.copyOf(reports);
  }

  byte[] encoded() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length + 1024);
        DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeDouble(seconds);
      out.writeInt(reports.size());
      for (Report report : reports) {
        out.writeInt(report.fold());
        out.writeInt(report.step());
        Map<String, Double> values = report.measurement().values();
        out.writeInt(values.size());
        for (Map.Entry<String, Double> value : values.entrySet()) {
          out.writeUTF(value.getKey());
          out.writeDouble(value.getValue());
        }
      }
      out.writeInt(state.length);
      out.write(state);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e); // in memory
    }
  }

  static RunProgress decoded(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      double seconds = in.readDouble();
      List<Report> reports = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        int fold = in.readInt();
        int step = in.readInt();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int more = in.readInt(); more > 0; more--) {
          values.put(in.readUTF(), in.readDouble());
        }
        reports.add(new Report(fold, step, new Measurement(values)));
      }
      byte[] state = new byte[in.readInt()];
      in.readFully(state);
      return new RunProgress(state, reports, seconds);
    }
  }
}
