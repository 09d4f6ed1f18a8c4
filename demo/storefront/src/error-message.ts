/** What a person can be shown of something that was thrown. */
export function messageOf(error: unknown): string {
  // A browser throws a TypeError when a request got no answer, with words for developers.
  if (error instanceof TypeError) return "The shop can't be reached. Are you online?"
  return error instanceof Error ? error.message : "Something went wrong. Please try again."
}
