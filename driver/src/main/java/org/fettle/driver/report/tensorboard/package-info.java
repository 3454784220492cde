/** Event files that TensorBoard reads, with the HParams plugin's data. */
@NullMarked
package org.fettle.driver.report.tensorboard;

import org.jspecify.annotations.NullMarked;
