#include "server/rpc/wire_articles.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "absl/strings/str_cat.h"
#include "server/ingest/utf8.h"
#include "server/rpc/convert.h"
#include "server/rpc/status.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

// Fields of the wire article that hold text in the real one.
std::vector<FieldProblem> BlameFields(const wire::Article& article) {
  std::vector<FieldProblem> problems;
  const auto* descriptor = v1::Article::descriptor();
  const auto* reflection = article.GetReflection();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    const auto* bytes = article.GetDescriptor()->FindFieldByNumber(field->number());
    if (bytes == nullptr || field->type() != google::protobuf::FieldDescriptor::TYPE_STRING)
      continue;
    const std::string text = reflection->GetString(article, bytes);
    if (!IsUtf8(text)) problems.push_back({field->name(), "is not valid UTF-8"});
  }
  google::protobuf::Timestamp time;
  if (!time.ParseFromString(article.publish_time())) {
    problems.push_back({"publish_time", "does not read as a google.protobuf.Timestamp"});
  }
  return problems;
}

IngestResult Refuse(const std::string& bytes) {
  IngestResult result;
  result.status = absl::InvalidArgumentError("the article cannot be read");
  wire::Article article;
  if (article.ParseFromString(bytes)) {
    const std::string& id = article.article_id();
    result.article_id = IsUtf8(id) ? id : Printable(id);
    result.problems = BlameFields(article);
  }
  if (result.problems.empty()) {
    result.problems.push_back({"article", "does not read as a claimwatch.v1.Article"});
  }
  return result;
}

}  // namespace

bool CutArticles(const grpc::ByteBuffer& message, CutBatch& batch) {
  return FromBuffer(message, batch);
}

ReadBatch ReadArticles(const CutBatch& batch) {
  ReadBatch read;
  read.results.resize(batch.articles_size());
  for (int i = 0; i < batch.articles_size(); ++i) {
    v1::Article article;
    if (!article.ParseFromString(batch.articles(i))) {
      read.results[i] = Refuse(batch.articles(i));
      continue;
    }
    read.results[i].article_id = article.article_id();
    read.places.push_back(i);
    read.articles.push_back(FromProto(std::move(article)));
  }
  return read;
}

}  // namespace claimwatch
