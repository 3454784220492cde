/** The study's data, read with Spark and checked. */
@NullMarked
package org.fettle.driver.data;

import org.jspecify.annotations.NullMarked;
