/** Search spaces, histories and the algorithms that propose trials. Needs the JDK alone. */
@NullMarked
package org.fettle.search;

import org.jspecify.annotations.NullMarked;
