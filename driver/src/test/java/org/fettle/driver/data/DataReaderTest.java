package org.fettle.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.DataSpec.Csv;
import org.fettle.driver.job.DataSpec.Format;
import org.fettle.driver.job.DataSpec.LearningTask;
import org.fettle.driver.job.DataSpec.Missing;
import org.fettle.driver.job.Problem;
import org.fettle.driver.job.Problems;
import org.fettle.driver.job.ValidationSpec;
import org.fettle.driver.spark.TestSpark;
import org.fettle.executor.data.Cells;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataReaderTest {

  @TempDir private Path folder;

  private Format format = Format.CSV;
  private Optional<String> target = Optional.of("y");
  private LearningTask task = LearningTask.CLASSIFICATION;
  private List<Integer> shape = List.of();
  private List<String> categorical = List.of();
  private List<String> ignore = List.of();
  private Missing missing = Missing.IMPUTE;
  private Csv csv = new Csv(true, ',', '"');
  private long limit = 1 << 20;

  private Optional<String> positive = Optional.empty();
  private Optional<ValidationSpec.Column> dividing = Optional.empty();
  private Optional<Keys> keys = Optional.empty();
  private final Problems problems = new Problems("job.yaml");

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Optional<Table> read(Object source) {
    DataSpec spec =
        new DataSpec(
            source.toString(),
            format,
            format == Format.LIBSVM ? Optional.empty() : target,
            task,
            positive,
            shape,
            categorical,
            ignore,
            missing,
            format == Format.CSV ? Optional.of(csv) : Optional.empty());
    Optional<StudyRows> rows =
        new DataReader(TestSpark.session(), problems, limit).read(spec, dividing);
    keys = rows.map(StudyRows::keys);
    Optional<Table> table = rows.map(StudyRows::table);
    assertThat(table.isPresent()).as("%s", problems).isEqualTo(problems.isEmpty());
    return table;
  }

  private Table table(String text) throws IOException {
    return table(write("data.csv", text));
  }

  private Table table(Path source) {
    Optional<Table> table = read(source);
    assertThat(problems.list()).isEmpty();
    return table.orElseThrow();
  }

  /** The problems of a text, without the name of the folder. */
  private List<String> problems(String text) throws IOException {
    return problems(write("data.csv", text));
  }

  private List<String> problems(Object source) {
    read(source);
    return problems.list().stream()
        .map(Problem::toString)
        .map(text -> text.replace(folder.toString(), ""))
        .toList();
  }

  /** "a: 1 2 NaN", "b: [x, y] 0 1 -1". */
  private static List<String> columns(Table table) {
    return table.columns().stream().map(DataReaderTest::text).toList();
  }

  private static String text(Column column) {
    if (column instanceof Column.Numeric numeric) {
      return IntStream.range(0, column.rows())
          .mapToObj(row -> Cells.text(numeric.values()[row]))
          .collect(Collectors.joining(" ", column.name() + ": ", ""));
    }
    Column.Categorical texts = (Column.Categorical) column;
    return IntStream.range(0, column.rows())
        .mapToObj(row -> Integer.toString(texts.codes()[row]))
        .collect(
            Collectors.joining(" ", column.name() + ": " + List.of(texts.categories()) + " ", ""));
  }

  @Test
  void readsNumbersTextsAndTruthValues() throws IOException {
    Table table =
        table(
            """
            number,whole,text,flag,y
            0.5,1,red,true,no
            1e3,-2,blue,false,yes
            -.25,3,red,true,no
            7,4,"blue",true,yes
            """);

    assertThat(columns(table))
        .containsExactly(
            "number: 0.5 1000 -0.25 7",
            "whole: 1 -2 3 4",
            "text: [blue, red] 1 0 1 0",
            "flag: 1 0 1 1");
    assertThat(table.labels()).containsExactly("no", "yes");
    assertThat(table.targets()).containsExactly(0, 1, 0, 1);
  }

  private void divideBy(ValidationSpec.Role role, String column) {
    dividing = Optional.of(new ValidationSpec.Column(role, column));
  }

  private static final String DIVIDED =
      """
      a,when,who,part,y
      1,2026-03-01,ann,one,0
      2,2026-01-01,bob,,1
      3,2026-02-01,ann,two,0
      4,2026-01-01,cid,-1,1
      """;

  @Test
  void theColumnThatDividesIsNoFeature() throws IOException {
    ignore = List.of("when", "part");
    divideBy(ValidationSpec.Role.GROUP, "who");
    assertThat(columns(table(DIVIDED))).containsExactly("a: 1 2 3 4");
    assertThat(keys.orElseThrow().codes()).containsExactly(0, 1, 0, 2);
    assertThat(keys.orElseThrow().classes()).containsExactly(0, 1, 0, 1);
  }

  @Test
  void datesArePlacesInTime() throws IOException {
    ignore = List.of("who", "part");
    divideBy(ValidationSpec.Role.TIME, "when");
    assertThat(columns(table(DIVIDED))).containsExactly("a: 1 2 3 4");
    assertThat(keys.orElseThrow().codes()).containsExactly(2, 0, 1, 0);
    divideBy(ValidationSpec.Role.TIME, "t");
    ignore = List.of();
    table("a,t,y\n1,2.5,0\n2,-1,1\n3,1e3,0\n");
    assertThat(keys.orElseThrow().codes()).containsExactly(1, 0, 2);
    table("a,t,y\n1,2026-01-01 10:00:01,0\n2,2026-01-01 10:00:00,1\n3,2026-01-02 09:00:00,0\n");
    assertThat(keys.orElseThrow().codes()).containsExactly(1, 0, 2);
  }

  @Test
  void givenFoldsMayLeaveRowsOut() throws IOException {
    ignore = List.of("who", "when");
    divideBy(ValidationSpec.Role.FOLD_COLUMN, "part");
    table(DIVIDED);
    assertThat(keys.orElseThrow().codes()).containsExactly(0, -1, 1, -1);
  }

  @Test
  void refusesColumnsThatCannotDivide() throws IOException {
    divideBy(ValidationSpec.Role.GROUP, "g");
    assertThat(problems("a,g,y\n1,x,0\n2,,1\n3,NA,0\n"))
        .containsExactly(
            "validation.group  must have a value in every row, but g lacks 2 of 3, the first in"
                + " row 2");
  }

  @Test
  void refusesTimesThatAreNone() throws IOException {
    divideBy(ValidationSpec.Role.TIME, "g");
    assertThat(problems("a,g,y\n1,1 May,0\n2,2 May,1\n3,3 May,0\n"))
        .containsExactly(
            "validation.time  must be a number, a date or a time in every row, but g is 1 May in"
                + " row 1: dates are written as 2026-11-22");
  }

  @Test
  void refusesASingleFold() throws IOException {
    divideBy(ValidationSpec.Role.FOLD_COLUMN, "g");
    assertThat(problems("a,g,y\n1,x,0\n2,x,1\n3,x,0\n"))
        .containsExactly(
            "validation.fold-column  must name two folds or more, or leave rows without one to"
                + " train on, but g is always x");
  }

  @Test
  void refusesToDivideByWhatIsNotThereOrIsLearnt() throws IOException {
    divideBy(ValidationSpec.Role.GROUP, "why");
    assertThat(problems("a,who,y\n1,x,0\n2,x,1\n3,z,0\n"))
        .containsExactly(
            "validation.group  must be a column of the data, but was why: did you mean who?");
  }

  @Test
  void refusesToDivideByTheTarget() throws IOException {
    divideBy(ValidationSpec.Role.GROUP, "y");
    assertThat(problems("a,who,y\n1,x,0\n2,x,1\n3,z,0\n"))
        .containsExactly("validation.group  must not be the target, but was y");
  }

  @Test
  void aColumnWithoutValuesOrWithOneIsNoProblem() throws IOException {
    Table table = table("a,b,c,y\n1,,7,0\n2,,7,1\n3,,7,0\n");
    assertThat(Preprocessing.fit(table, new int[] {0, 1, 2}).width()).isEqualTo(2);
    assertThat(Preprocessing.fit(table, new int[] {0, 1, 2}).scaling().featureDeviations()[1])
        .isEqualTo(1);
  }

  @Test
  void refusesDataWithoutAnyValue() throws IOException {
    assertThat(problems("a,b,y\n,,0\n,NA,1\n,,0\n"))
        .containsExactly(
            "data.source  must have a value to learn from, but every one is missing in a, b");
  }

  @Test
  void thePositiveClassIsTheSecondOfTwo() throws IOException {
    String text = "a,y\n1,no\n2,yes\n3,no\n";
    positive = Optional.of("yes");
    assertThat(table(text).labels()).containsExactly("no", "yes");
    positive = Optional.of("no");
    Table turned = table(text);
    assertThat(turned.labels()).containsExactly("yes", "no");
    assertThat(turned.targets()).containsExactly(1, 0, 1);
  }

  @Test
  void refusesAPositiveClassThatIsNone() throws IOException {
    positive = Optional.of("ja");
    assertThat(problems("a,y\n1,no\n2,yes\n3,no\n"))
        .containsExactly("data.positive  must be one of the classes [no, yes], but was ja");
  }

  @Test
  void refusesAPositiveClassOfThree() throws IOException {
    positive = Optional.of("a");
    assertThat(problems("x,y\n1,a\n2,b\n3,c\n4,a\n5,b\n6,c\n"))
        .containsExactly("data.positive  must be left out, since y has 3 classes, but was a");
  }

  @Test
  void readsQuotedCommasDoubledQuotesAndLineBreaks() throws IOException {
    Table table =
        table("a,y\r\n\"x, y\",1\r\n\"say \"\"hi\"\"\",0\r\n\"two\nlines\",1\r\n\"back\\\",0\r\n");

    assertThat(table.columns().get(0))
        .isInstanceOfSatisfying(
            Column.Categorical.class,
            column ->
                assertThat(column.categories())
                    .containsExactly("back\\", "say \"hi\"", "two\nlines", "x, y"));
    assertThat(table.labels()).containsExactly("0", "1");
  }

  @Test
  void readsOtherDelimitersAndFilesWithoutAHeader() throws IOException {
    csv = new Csv(false, ';', '\'');
    target = Optional.of("_c2");

    Table table = table("1,5;'a;b';no\n2;c;yes\n3;c;no\n4;c;yes\n");

    assertThat(columns(table))
        .containsExactly("_c0: [1,5, 2, 3, 4] 0 1 2 3", "_c1: [a;b, c] 0 1 1 1");
  }

  @Test
  void takesBlanksAndMarksAsMissing() throws IOException {
    Table table =
        table(
            """
            number,text,empty,y
            1,a,,0
            NA,?,,1
             ,NA,,0
            ?,,,1
            4, b ,,0
            """);

    assertThat(columns(table))
        .containsExactly(
            "number: 1 NaN NaN NaN 4", "text: [a, b] 0 -1 -1 -1 1", "empty: [] -1 -1 -1 -1 -1");
  }

  @Test
  void passesOverBlankLinesAndAByteOrderMark() throws IOException {
    assertThat(columns(table("\uFEFFa,y\n1,0\n\n2,1\n3,0\n\n4,1\n\n")))
        .containsExactly("a: 1 2 3 4");
  }

  @Test
  void readsNamesWithDotsSpacesBackticksAndUmlauts() throws IOException {
    target = Optional.of("Größe.in cm");

    Table table =
        table("a.b,c d,e`f,Größe.in cm\n1,2,3,groß\n1,2,3,klein\n4,5,6,groß\n4,5,6,klein\n");

    assertThat(columns(table)).containsExactly("a.b: 1 1 4 4", "c d: 2 2 5 5", "e`f: 3 3 6 6");
    assertThat(table.labels()).containsExactly("groß", "klein");
  }

  @Test
  void tellsColumnsOfTheSameNameApart() throws IOException {
    assertThat(columns(table("a,a,y\n1,2,0\n3,4,1\n1,2,0\n3,4,1\n")))
        .containsExactly("a0: 1 3 1 3", "a1: 2 4 2 4");
  }

  @Test
  void leavesOutWhatIsIgnoredAndTakesNumbersAsCategoriesWhereAsked() throws IOException {
    ignore = List.of("id", "day");
    categorical = List.of("zip");

    Table table =
        table("id,day,zip,x,y\n1,2026-01-01,10,1,0\n2,2026-01-02,9,2,1\n3,,10,3,0\n4,,9,4,1\n");

    assertThat(columns(table)).containsExactly("zip: [9, 10] 1 0 1 0", "x: 1 2 3 4");
  }

  @Test
  void ordersClassesOfNumbersByValue() throws IOException {
    assertThat(table("a,y\n1,10\n2,9\n1,10\n2,9\n").labels()).containsExactly("9", "10");
  }

  @Test
  void readsTargetsOfARegression() throws IOException {
    task = LearningTask.REGRESSION;

    Table table = table("a,y\n1,0.5\n2,-3\n");

    assertThat(table.targets()).containsExactly(0.5f, -3f);
    assertThat(table.labels()).isEmpty();
  }

  @Test
  void readsParquet() {
    format = Format.PARQUET;
    StructType schema =
        new StructType()
            .add("a.b", DataTypes.FloatType)
            .add("b", DataTypes.createDecimalType(10, 2))
            .add("c", DataTypes.BooleanType)
            .add("d", DataTypes.StringType)
            .add("y", DataTypes.LongType);
    String source = folder.resolve("table.parquet").toString();
    TestSpark.session()
        .createDataFrame(
            List.of(
                RowFactory.create(0.5f, new BigDecimal("1.25"), true, "x", 1L),
                RowFactory.create(null, null, null, null, 0L),
                RowFactory.create(2f, new BigDecimal("3.00"), false, "z", 1L),
                RowFactory.create(2f, new BigDecimal("3.00"), false, "z", 0L)),
            schema)
        .coalesce(1)
        .write()
        .parquet(source);

    Table table = table(Path.of(source));

    assertThat(columns(table))
        .containsExactly(
            "a.b: 0.5 NaN 2 2", "b: 1.25 NaN 3 3", "c: 1 NaN 0 0", "d: [x, z] 0 -1 1 1");
    assertThat(table.targets()).containsExactly(1, 0, 1, 0);
  }

  @Test
  void readsLibsvm() throws IOException {
    format = Format.LIBSVM;

    Table table = table(write("data.libsvm", "+1 1:0.5 3:2\n-1 2:1\n+1 1:1\n-1 3:4\n"));

    assertThat(columns(table))
        .containsExactly("feature-1: 0.5 0 1 0", "feature-2: 0 1 0 0", "feature-3: 2 0 0 4");
    assertThat(table.labels()).containsExactly("-1", "1");
    assertThat(table.targets()).containsExactly(1, 0, 1, 0);
  }

  @Test
  void readsFoldersWildcardsAndCompressedFiles() throws IOException {
    write("parts/one.csv", "a,y\n1,0\n2,1\n3,0\n");
    Files.createDirectories(folder.resolve("parts"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("parts/two.csv.gz")))) {
      out.write("a,y\n4,1\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(table(folder.resolve("parts")).rows()).isEqualTo(4);
    assertThat(table(folder.resolve("parts/*.csv")).rows()).isEqualTo(3);
    ignore = List.of();
    task = LearningTask.REGRESSION;
    assertThat(columns(table(folder.resolve("parts/two.csv.gz")))).containsExactly("a: 4");
  }

  @Test
  void refusesFilesThatNameTheirColumnsInAnotherOrder() throws IOException {
    write("parts/one.csv", "a,b,y\n1,2,0\n3,4,1\n");
    write("parts/two.csv", "b,a,y\n2,1,0\n");

    assertThat(problems(folder.resolve("parts")))
        .singleElement()
        .asString()
        .startsWith("data.source  Cannot read /parts: CSV header does not conform to the schema");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThat(problems(folder.resolve("none.csv")))
        .containsExactly("data.source  must be a file or a folder that exists, but was /none.csv");
  }

  @Test
  void refusesWhatCannotBeReached() {
    assertThat(problems((Object) "gopher://host/data.csv"))
        .containsExactly(
            "data.source  Cannot reach gopher://host/data.csv: No FileSystem for scheme \"gopher\"");
  }

  @Test
  void refusesFilesWithoutRows() throws IOException {
    assertThat(problems("")).containsExactly("data.source  must hold rows, but /data.csv has none");
    assertThat(problems(write("header.csv", "a,b,y\n")))
        .endsWith("data.source  must hold rows, but /header.csv has none");
  }

  @Test
  void refusesALibsvmFileWithoutRows() throws IOException {
    format = Format.LIBSVM;

    assertThat(problems(write("empty.libsvm", ""))).hasSize(1);
  }

  @Test
  void refusesWhatIsNoParquet() throws IOException {
    format = Format.PARQUET;

    assertThat(problems(write("data.parquet", "a,y\n1,2\n")))
        .singleElement()
        .asString()
        .startsWith("data.source  Cannot read /data.parquet: ")
        .contains("is not a Parquet file");
  }

  @Test
  void refusesNamesThatAreNoColumnsAllAtOnce() throws IOException {
    target = Optional.of("specis");
    ignore = List.of("id", "pedal");
    categorical = List.of("colour");

    assertThat(problems("id,petal,species\n1,2,a\n"))
        .containsExactly(
            "data.target  must be a column of the data, but was specis: did you mean species?",
            "data.categorical[0]  must be a column of the data, but was colour:"
                + " columns: id, petal, species",
            "data.ignore[1]  must be a column of the data, but was pedal: did you mean petal?");
  }

  @Test
  void refusesAColumnOfTimes() throws IOException {
    assertThat(problems("a,at,y\n1,2026-01-01 10:00:00,0\n2,2026-01-02 11:00:00,1\n"))
        .containsExactly(
            "data.source  must have columns of numbers, text or true and false,"
                + " but was \"at: timestamp\": list at under data.ignore");
  }

  @Test
  void refusesDataOfTheTargetAlone() throws IOException {
    assertThat(problems("y\n1\n0\n"))
        .containsExactly("data.source  must have a column to learn from, but has only [y]");
  }

  @Test
  void refusesATargetWithGaps() throws IOException {
    assertThat(problems("a,y\n1,p\n2,\n3,NA\n4,q\n"))
        .containsExactly(
            "data.target  must have a value in every row, but y lacks 2 of 4, the first in row 2");
  }

  @Test
  void refusesASingleClass() throws IOException {
    assertThat(problems("a,y\n1,p\n2,p\n"))
        .containsExactly("data.target  must have two classes or more, but y is always p");
  }

  @Test
  void refusesARegressionOfOneValue() throws IOException {
    task = LearningTask.REGRESSION;

    assertThat(problems("a,y\n1,5\n2,5.0\n"))
        .containsExactly("data.target  must vary, but y is always 5");
  }

  @Test
  void refusesToClassifyANumberThatDiffersInEveryRow() throws IOException {
    assertThat(problems("a,y\n1,0.1\n2,0.2\n3,0.3\n4,0.4\n5,0.5\n6,0.6\n"))
        .containsExactly(
            "data.target  must have classes of several rows, but y has 6 different values in 6"
                + " rows: for a number to be predicted, set data.task to regression");
  }

  @Test
  void refusesARegressionOfTexts() throws IOException {
    task = LearningTask.REGRESSION;

    assertThat(problems("a,y\n1,0.5\n2,high\n"))
        .containsExactly(
            "data.target  must be a number in every row, but y is high in row 2:"
                + " for classes, set data.task to classification");
  }

  @Test
  void refusesWhatIsTooLargeForABroadcast() throws IOException {
    limit = 1000;
    String rows =
        IntStream.range(0, 64)
            .mapToObj(i -> i + "," + i % 2)
            .collect(Collectors.joining("\n", "a,y\n", "\n"));

    assertThat(problems(rows))
        .containsExactly(
            "data.source  must take at most 1000 B, a quarter of the driver's heap,"
                + " but was 1.0 KiB for 64 rows of 1 columns:"
                + " give the driver more memory with --driver-memory");
  }

  @Test
  void namesTheRowThatIsTooShortOrTooLong() throws IOException {
    assertThat(problems("a,b,y\n1,2,0\n3,1\n4,5,1\n"))
        .containsExactly(
            "data.source  must have 3 values in row 2, as there are columns, but was \"3,1\"");
    assertThat(problems(write("long.csv", "a,y\n1,0\n2,1\n4,5,1\n")))
        .endsWith(
            "data.source  must have 2 values in row 3, as there are columns, but was \"4,5,1\"");
  }

  @Test
  void noticesARowThatIsTooShortAlthoughColumnsAreIgnored() throws IOException {
    ignore = List.of("b");

    assertThat(problems("a,b,y\n1,2,0\n3,1\n4,5,1\n")).hasSize(1);
  }

  @Test
  void refusesIdentifiersAsCategories() throws IOException {
    String rows =
        IntStream.range(0, 1001)
            .mapToObj(i -> "id" + i + "," + i % 2)
            .collect(Collectors.joining("\n", "name,y\n", "\n"));

    assertThat(problems(rows))
        .containsExactly(
            "data.source  must have columns of at most 1000 different texts,"
                + " but was 1001 in name: list name under data.ignore");
  }

  @Test
  void refusesNumbersThatAreTooLargeToTrainWith() throws IOException {
    assertThat(problems("a,b,c,y\n1,1,1,0\n2,Inf,NA,1\n1e39,0,1e400,0\n"))
        .containsExactly(
            "data.source  must have numbers within ±3.4028235E38, the range of single precision,"
                + " but was 1.0E39 in row 3 of a",
            "data.source  must have numbers within ±3.4028235E38, the range of single precision,"
                + " but was Infinity in row 2 of b",
            "data.source  must have numbers within ±3.4028235E38, the range of single precision,"
                + " but was Infinity in row 3 of c");
  }

  @Test
  void refusesMissingValuesWhereAsked() throws IOException {
    missing = Missing.REFUSE;

    assertThat(problems("a,b,y\n1,x,0\n,x,1\n3,?,0\n,x,1\n"))
        .containsExactly(
            "data.missing  must be impute while a lacks 2 of 4 values, the first in row 2,"
                + " but was refuse: or complete the data, or list a under data.ignore",
            "data.missing  must be impute while b lacks 1 of 4 values, the first in row 3,"
                + " but was refuse: or complete the data, or list b under data.ignore");
  }

  @Test
  void saysWhatIsWrongWithColumnsAndTargetTogether() throws IOException {
    missing = Missing.REFUSE;

    assertThat(problems("a,y\n,0\n1,0\n")).hasSize(2);
  }

  @Test
  void readsTheColumnsAsAnImageOrASequence() throws IOException {
    String text = "a,b,c,d,y\n1,2,3,4,u\n5,6,,,v\n";
    shape = List.of(1, 2, 2);
    assertThat(table(text).shape()).contains(new Shape.Image(1, 2, 2));
    shape = List.of(2, 2);
    assertThat(table(text).shape()).contains(new Shape.Sequence(2, 2));
    shape = List.of();
    assertThat(table(text).shape()).isEmpty();
  }

  @Test
  void refusesAShapeThatTheColumnsDoNotFill() throws IOException {
    shape = List.of(1, 2, 3);
    assertThat(read(write("data.csv", "a,b,c,d,y\n1,2,3,4,u\n5,6,7,8,v\n"))).isEmpty();
    assertThat(problems.list())
        .extracting(Object::toString)
        .containsExactly(
            "data.shape  Shape must have 4 numbers, as there are columns of features, but was an"
                + " image [1, 2, 3] of 6");
  }

  @Test
  void refusesAShapeOfTexts() throws IOException {
    shape = List.of(2, 2);
    assertThat(read(write("data.csv", "a,b,c,d,y\n1,2,3,x,u\n5,6,7,z,v\n"))).isEmpty();
    assertThat(problems.list())
        .extracting(Object::toString)
        .containsExactly(
            "data.shape  Columns of a sequence [2, 2] must be numbers, but d was text");
  }
}
