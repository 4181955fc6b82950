/** How a candidate is called: 'Candidate 2', or as its name says: 'Mix', 'Branch 1'. */
export function candidateText(name: string): string {
  return /^\d/.test(name) ? `Candidate ${name}` : name;
}
