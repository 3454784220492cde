/** Studies to and from Optuna. */
@NullMarked
package org.fettle.driver.report.optuna;

import org.jspecify.annotations.NullMarked;
