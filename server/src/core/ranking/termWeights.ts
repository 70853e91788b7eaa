/** How often a word of the title and of the headings counts as if it stood in the passage. */
export const titleWeight = 2;
export const headingWeight = 2;
