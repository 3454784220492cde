/** What a person sees while a study runs and after it. */
@NullMarked
package org.fettle.driver.report;

import org.jspecify.annotations.NullMarked;
