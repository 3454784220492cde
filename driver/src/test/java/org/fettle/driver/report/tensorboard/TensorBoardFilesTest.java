package org.fettle.driver.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.report.Peers;
import org.fettle.driver.report.Studies;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.StudyLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardFilesTest {

  @TempDir private Path temporary;

  private Path written(List<JournalEvent> events, int until) {
    StudyLog log = StudyLog.of((JournalEvent.StudyCreated) events.get(0));
    TensorBoardFiles files =
        new TensorBoardFiles(
            StudyFolder.at(temporary.toUri().toString(), new Configuration()), log);
    for (JournalEvent event : events.subList(1, until)) {
      log.happened(List.of(event));
      files.happened(List.of(event));
    }
    return temporary.resolve("tensorboard");
  }

  @Test
  void hasARunForEachTrialThatEnded() throws IOException {
    List<JournalEvent> events = Studies.conditional();
    int half = events.size() / 2;
    Path folder = written(events, half);

    long ended =
        events.subList(0, half).stream().filter(JournalEvent.TrialEnded.class::isInstance).count();
    try (var runs = Files.list(folder).filter(Files::isDirectory)) {
      assertThat(runs).hasSize((int) ended).allMatch(run -> run.toString().contains("trial-0"));
    }
    try (var files = Files.walk(folder)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith("events")).toList()) {
        assertThat(records(Files.readAllBytes(file))).as(file.toString()).isGreaterThan(1);
      }
    }
  }

  /** How many records there are; each with sums that are right. */
  private static int records(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int count = 0;
    while (bytes.hasRemaining()) {
      int length = (int) bytes.getLong(bytes.position());
      assertThat(sum(file, bytes.position(), 8)).isEqualTo(bytes.getInt(bytes.position() + 8));
      assertThat(sum(file, bytes.position() + 12, length))
          .isEqualTo(bytes.getInt(bytes.position() + 12 + length));
      bytes.position(bytes.position() + 16 + length);
      count++;
    }
    return count;
  }

  private static int sum(byte[] file, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(file, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  @Test
  void tensorBoardReadsItWithoutAComplaint() throws Exception {
    List<JournalEvent> events = Studies.conditional();
    Path folder = written(events, events.size());

    String said =
        Peers.python(
            "tensorboard",
            """
            import sys, logging
            logging.disable(logging.INFO)
            from tensorboard import context
            from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
            from tensorboard.data.provider import RunTagFilter
            from tensorboard.plugins import base_plugin
            from tensorboard.plugins.hparams import api_pb2, backend_context, get_experiment, list_session_groups
            root = sys.argv[1]
            runs = plugin_event_multiplexer.EventMultiplexer()
            runs.AddRunsFromDirectory(root)
            runs.Reload()
            provider = data_provider.MultiplexerDataProvider(runs, root)
            hparams = backend_context.Context(base_plugin.TBContext(data_provider=provider, logdir=root, multiplexer=runs))
            request = api_pb2.ListSessionGroupsRequest(start_index=0, slice_size=1000, allowed_statuses=[0, 1, 2, 3])
            groups = list_session_groups.Handler(context.RequestContext(), hparams, '', request).run()
            print('sessions', groups.total_size, sum(len(g.metric_values) for g in groups.session_groups))
            experiment = get_experiment.Handler(context.RequestContext(), hparams, '', api_pb2.GetExperimentRequest()).run()
            print('hparams', len(experiment.hparam_infos), 'metrics', [m.name.tag for m in experiment.metric_infos])
            scalars = provider.read_scalars(context.RequestContext(), experiment_id='', plugin_name='scalars', downsample=1000, run_tag_filter=RunTagFilter(runs=['trial-00002']))
            print({tag: len(points) for tag, points in scalars['trial-00002'].items() if 'log-loss' in tag})
            """,
            folder);

    assertThat(said)
        .contains("sessions 120 112")
        .contains("hparams 9 metrics ['log-loss']")
        .contains("'log-loss': 1")
        .contains("'log-loss/mean': 20")
        .contains("'log-loss/fold-4': 20")
        .doesNotContainIgnoringCase("warn")
        .doesNotContainIgnoringCase("error");
  }
}
