package org.fettle.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.spark.TestSpark;
import org.fettle.executor.data.Chunk;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that stay on executors are those that would be read here. */
class SpreadReaderTest {

  @TempDir private Path folder;

  private final Problems problems = new Problems("job.yaml");

  private DataSpec spec(Path file, DataSpec.LearningTask task, DataSpec.Missing missing) {
    return new DataSpec(
        file.toString(),
        DataSpec.Format.CSV,
        Optional.of("y"),
        task,
        Optional.empty(),
        List.of(),
        List.of("code"),
        List.of(),
        missing,
        Optional.of(new DataSpec.Csv(true, ',', '"')));
  }

  private Path write(int rows) throws Exception {
    StringBuilder text = new StringBuilder("x,word,mixed,code,y\n");
    for (int row = 0; row < rows; row++) {
      text.append(row * 0.5).append(',');
      text.append(row % 7 == 0 ? "" : "w" + row % 3).append(',');
      text.append(row % 11 == 0 ? "NA" : row).append(',');
      text.append(row % 4).append(',');
      text.append(row % 2 == 0 ? "yes" : "no").append('\n');
    }
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private StudyRows spread(DataSpec spec) {
    return new DataReader(TestSpark.session(), problems)
        .spread(spec, Optional.empty())
        .orElseThrow(() -> new AssertionError(problems));
  }

  @Test
  void chunksHoldTheRowsOfTheTable() throws Exception {
    DataSpec spec =
        spec(write(3000), DataSpec.LearningTask.CLASSIFICATION, DataSpec.Missing.IMPUTE);
    Table here =
        new DataReader(TestSpark.session(), problems)
            .read(spec, Optional.empty())
            .orElseThrow()
            .table();
    StudyRows spread = spread(spec);
    try (SpreadData data = spread.spread().orElseThrow()) {
      assertThat(spread.table().targets()).containsExactly(here.targets());
      assertThat(spread.table().labels()).isEqualTo(here.labels());
      assertThat(spread.table().columns()).allMatch(Column.Elsewhere.class::isInstance);
      List<Chunk> chunks = new ArrayList<>(data.chunks().collect());
      chunks.sort((one, other) -> Integer.compare(one.first(), other.first()));
      assertThat(chunks).hasSize(3);
      int row = 0;
      for (Chunk chunk : chunks) {
        assertThat(chunk.first()).isEqualTo(row);
        for (int at = 0; at < chunk.table().rows(); at++, row++) {
          for (int column = 0; column < 4; column++) {
            assertThat(cell(chunk.table(), column, at))
                .as("row %d, column %d", row, column)
                .isEqualTo(cell(here, column, row));
          }
          assertThat(chunk.table().targets()[at]).isEqualTo(here.targets()[row]);
        }
      }
      assertThat(row).isEqualTo(3000);
    }
  }

  private static Object cell(Table table, int column, int row) {
    return table.columns().get(column) instanceof Column.Numeric numeric
        ? numeric.values()[row]
        : ((Column.Categorical) table.columns().get(column)).codes()[row];
  }

  @Test
  void equalRowsHaveEqualDigestsAndOthersHaveNot() throws Exception {
    Path file = write(1500);
    DataSpec spec = spec(file, DataSpec.LearningTask.CLASSIFICATION, DataSpec.Missing.IMPUTE);
    String first = spread(spec).table().digest();
    assertThat(spread(spec).table().digest()).isEqualTo(first);
    Files.writeString(file, Files.readString(file).replace("\n700.5,", "\n700.25,"));
    assertThat(spread(spec).table().digest()).isNotEqualTo(first);
  }

  @Test
  void saysWhatIsWrongAsIfTheRowsWereHere() throws Exception {
    DataSpec spec = spec(write(2000), DataSpec.LearningTask.REGRESSION, DataSpec.Missing.REFUSE);
    Problems here = new Problems("job.yaml");
    new DataReader(TestSpark.session(), here).read(spec, Optional.empty());
    new DataReader(TestSpark.session(), problems).spread(spec, Optional.empty());

    assertThat(problems.toString()).isEqualTo(here.toString()).contains("first in row 1");
  }
}
