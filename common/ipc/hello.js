// A document tells main that it is there, and what main asks it for.
// Chapter: ch14-reload

// It crosses by itself: main knows the text.
const hello = () => cross(`["${documentId}",null,null,"hello"]`);
hello();

// The page has gone back to a document that it had left. Answers that came
// meanwhile found another one.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  hello();
  calls.forEach(({ reject }, id) => {
    calls.delete(id);
    reject(new makes.Error('The page was left before main answered'));
  });
  isSettled();
});

// Whatever is thrown, main is told by an error that can cross.
const UNCLONED = 'What was thrown could not be cloned';
const errorFor = (why) => {
  if (kindOf(why) === 'error') return why;
  return new makes.Error(isPrimitive(why) ? `${why}` : UNCLONED);
};
const fails = (id, error) => write(id, null, [false, error]);
const answer = async (id, run) => {
  try {
    write(id, null, [true, await run()], () => 'the result');
  } catch (why) {
    // Its name or its message may be a getter that throws.
    try { fails(id, errorFor(why)); } catch {
      fails(id, new makes.Error(UNCLONED));
    }
  }
};
// Main calls this with a function that it has written.
const execute = (itsDocument, id, run) => {
  if (itsDocument !== documentId) return false;
  answer(id, run);
  return true;
};
defineProperty(receive, 'execute', { __proto__: null, value: execute });
