/** What running trials say on the way, from the executors to the driver. */
@NullMarked
package org.fettle.executor.report;

import org.jspecify.annotations.NullMarked;
