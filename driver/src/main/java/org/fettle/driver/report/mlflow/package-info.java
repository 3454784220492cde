/** Trials as runs on a tracking server of MLflow. */
@NullMarked
package org.fettle.driver.report.mlflow;

import org.jspecify.annotations.NullMarked;
