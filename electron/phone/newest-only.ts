// One question at a time, and after it only the newest: what was typed in between interests nobody any more.

export class NewestOnly<Question, Answer> {
  readonly #work: (question: Question) => Promise<Answer>;
  readonly #nothing: Answer;
  #running: Promise<unknown> | null = null;
  #next: { question: Question; resolve(answer: Promise<Answer> | Answer): void } | null = null;

  /** `nothing` answers a question that a newer one took the place of. */
  constructor(work: (question: Question) => Promise<Answer>, nothing: Answer) {
    this.#work = work;
    this.#nothing = nothing;
  }

  /** Rejects with what the work rejects with. */
  ask(question: Question): Promise<Answer> {
    if (!this.#running) return this.#run(question);
    this.#next?.resolve(this.#nothing);
    return new Promise((resolve) => {
      this.#next = { question, resolve };
    });
  }

  #run(question: Question): Promise<Answer> {
    const answer = this.#work(question);
    this.#running = answer
      .catch(() => {}) // told to whoever asked
      .then(() => {
        this.#running = null;
        const next = this.#next;
        this.#next = null;
        next?.resolve(this.#run(next.question));
      });
    return answer;
  }
}
