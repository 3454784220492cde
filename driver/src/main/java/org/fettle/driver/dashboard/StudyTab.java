package org.fettle.driver.dashboard;

import java.io.StringReader;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import javax.servlet.http.HttpServletRequest;
import org.apache.spark.ui.JettyUtils;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.SparkUITab;
import org.apache.spark.ui.UIUtils;
import org.apache.spark.ui.WebUIPage;
import org.fettle.driver.study.StudyView;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractFunction0;
import scala.xml.Node;
import scala.xml.XML;

/**
 * The tab <i>Fettle</i> in Spark's pages. Its content stands in a frame of the same origin, so that
 * the report's style and scripts and Spark's do not meet; both are behind Spark's own filters and
 * access control lists, as every handler of its server.
 */
final class StudyTab extends SparkUITab {

  private static final String NAME = "fettle";
  private static final String CONTENT = "/" + NAME + "/study";

  private StudyTab(SparkUI ui) {
    super(ui, NAME);
  }

  /** Adds the tab to an application's pages. */
  static void attach(SparkUI ui, Supplier<StudyView> study) {
    StudyTab tab = new StudyTab(ui);
    tab.attachPage(new Frame(tab));
    ui.attachTab(tab);
    ui.attachHandler(
        JettyUtils.createServletHandler(
            CONTENT, new StudyPages(study, Clock.systemUTC()), ui.basePath()));
  }

  /** Spark's header, and the report under it. */
  private static final class Frame extends WebUIPage {
    private final StudyTab tab;

    Frame(StudyTab tab) {
      super("");
      this.tab = tab;
    }

    @Override
    public Seq<Node> render(HttpServletRequest request) {
      String address = UIUtils.prependBaseUri(request, tab.basePath(), CONTENT + "/");
      return UIUtils.headerSparkPage(
          request,
          "Study",
          new AbstractFunction0<>() {
            @Override
            public Seq<Node> apply() {
              return frame(address);
            }
          },
          tab,
          Option.empty(),
          false,
          false);
    }

    private static Seq<Node> frame(String address) {
      String source = address.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
      Node frame =
          XML.load(
              new StringReader(
                  "<iframe title=\"Study\" src=\"%s\" style=\"width:100%%;height:calc(100vh - 130px);border:0\"> </iframe>"
                      .formatted(source)));
      return JavaConverters.asScalaBuffer(List.of(frame)).toSeq();
    }
  }
}
