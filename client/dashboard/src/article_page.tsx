import { articles, claims as service } from './api';
import { useLoaded } from './hooks';
import { MarkedText } from './marked_text';
import { linkTo } from './route';
import { timeWord } from './words';

export function ArticlePage({ articleId }: { articleId: string }) {
  const loaded = useLoaded(
    async (signal) => {
      const answer = await articles.getArticle({ articleId }, { signal });
      const article = answer.article!;
      const [read, listed] = await Promise.all([
        service.extractClaims(
          { title: article.title, body: article.body, language: article.language, publishTime: article.publishTime, source: article.source },
          { signal },
        ),
        service.listClaims({ articleId, pageSize: 1000 }, { signal }),
      ]);
      return { answer, article, read, recorded: listed.claims };
    },
    [articleId],
  );
  if (loaded.error !== undefined) return <p class="problem" role="alert">{loaded.error}</p>;
  if (loaded.value === undefined || loaded.value.article.articleId !== articleId) return <p class="empty">Loading…</p>;
  const { answer, article, read, recorded } = loaded.value;
  return (
    <div class="page">
      <h1>{article.title || articleId}</h1>
      <p class="facts">
        <strong>{article.source || 'unknown source'}</strong>
        {article.author !== '' && <>, {article.author}</>}, {timeWord(article.publishTime)}, revision {answer.revision}
        {answer.copyOfArticleId !== '' && <>; carries the text of <a href={linkTo.article(answer.copyOfArticleId)}>{answer.copyOfArticleId}</a></>}
        {answer.storyId !== '' && <>; <a href={linkTo.story(answer.storyId)}>its story</a></>}
      </p>
      {answer.retractTime !== undefined && (
        <p class="note" role="note">Taken back {timeWord(answer.retractTime)}{answer.retractReason !== '' && <>: {answer.retractReason}</>}</p>
      )}
      <MarkedText title={article.title} body={article.body} read={read} recorded={recorded} />
    </div>
  );
}
