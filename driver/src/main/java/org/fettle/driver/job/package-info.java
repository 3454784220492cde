/** The job file: YAML to records, with every problem found in it at once. */
@NullMarked
package org.fettle.driver.job;

import org.jspecify.annotations.NullMarked;
