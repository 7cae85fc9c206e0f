/** Actions whose outcome was lost: finding out what became of them, and settling that on record. */
@org.jspecify.annotations.NullMarked
package cloud.enact.recovery;
