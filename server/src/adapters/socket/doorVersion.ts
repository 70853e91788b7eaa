/**
 * Version of what leader and guests say to each other. Raised by any change that the other side could take wrongly; that
 * answers have more fields than before is none.
 */
export const doorVersion = 1;
