/** The report of a study: one page that needs nothing else, and the data in it. */
@NullMarked
package org.fettle.driver.report.html;

import org.jspecify.annotations.NullMarked;
