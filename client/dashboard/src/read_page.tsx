import { useState } from 'preact/hooks';
import { claims as service, messageOf } from './api';
import type { ExtractClaimsResponse } from './gen/claimwatch/v1/claim_pb';
import { MarkedText } from './marked_text';

export function ReadPage() {
  const [text, setText] = useState('');
  const [result, setResult] = useState<{ body: string; read: ExtractClaimsResponse }>();
  const [problem, setProblem] = useState('');
  const submit = async (event: Event) => {
    event.preventDefault();
    setProblem('');
    try {
      setResult({ body: text, read: await service.extractClaims({ body: text }) });
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div class="page">
      <h1>Read a text</h1>
      <p>Paste an article, and see which numbers in it would be claims, and why. Nothing is stored.</p>
      <form onSubmit={submit} class="paste">
        <label>
          Text
          <textarea rows={10} required value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <button type="submit">Read it</button>
      </form>
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
      {result !== undefined && <MarkedText key={result.body} title="" body={result.body} read={result.read} recorded={[]} />}
    </div>
  );
}
