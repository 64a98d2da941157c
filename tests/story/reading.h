// Reading for tests of story/: an article told in a line, as the readers would hand it over.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "server/claims/catalogue.h"
#include "server/claims/reader.h"
#include "server/story/features.h"
#include "server/text/document.h"

namespace claimwatch {

inline absl::Time At(const char* rfc3339) {
  absl::Time time;
  std::string error;
  return absl::ParseTime(absl::RFC3339_full, rfc3339, &time, &error) ? time : absl::InfinitePast();
}

inline const Catalogue& StandardCatalogue() {
  static const Catalogue* const catalogue = Catalogue::Load("").value().release();
  return *catalogue;
}

// Without claims: what they are is not for these tests to say.
inline ReadArticle Read(const Article& article) {
  const Lexicon& lexicon = StandardCatalogue().lexicon();
  ReadArticle read;
  read.title = ReadDocument(Field::kTitle, std::string_view(article.title), lexicon);
  read.body = ReadDocument(Field::kBody, std::string_view(article.body), lexicon);
  return read;
}

inline Features FeaturesOf(const Article& article) {
  return ComputeFeatures(article, Read(article), StandardCatalogue());
}

inline Article Told(std::string title, std::string body, const char* time,
                    std::string source = "paper") {
  Article article;
  article.id = title;
  article.title = std::move(title);
  article.body = std::move(body);
  article.source = std::move(source);
  article.language = "en";
  article.publish_time = At(time);
  return article;
}

}  // namespace claimwatch
