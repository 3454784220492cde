/** A study's final model, applied to new data by Spark. */
@NullMarked
package org.fettle.driver.predict;

import org.jspecify.annotations.NullMarked;
