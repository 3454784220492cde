/** How a job gets to a cluster: its Spark settings, its size and its command line. */
@NullMarked
package org.fettle.driver.submit;

import org.jspecify.annotations.NullMarked;
