package dev.lockstep.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Line charts and scatter plots. */
final class Charts {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  private Charts() {}

  /**
   * A named line.
   *
   * @param x as many as y
   */
  record Line(String name, double[] x, double[] y) {}

  /** A chart with its y axis from the least to the greatest value. */
  static XYChart lines(String title, String xTitle, String yTitle, List<Line> lines) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .theme(Styler.ChartTheme.XChart)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendVisible(lines.size() > 1);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    for (Line line : lines) {
      XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
      series.setMarker(SeriesMarkers.NONE);
      series.setLineStyle(new BasicStroke(1.5f));
    }
    return chart;
  }

  /** Adds points that no line joins. */
  static void addPoints(XYChart chart, Line points) {
    XYSeries series = chart.addSeries(points.name(), points.x(), points.y());
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    chart.getStyler().setMarkerSize(5);
    chart.getStyler().setLegendVisible(true);
  }

  static Picture picture(XYChart chart) {
    return new Picture(
        chart.getWidth(),
        chart.getHeight(),
        graphics -> chart.paint(graphics, chart.getWidth(), chart.getHeight()));
  }
}
