// Helpers of the claims tests: a sentence in, one-line dumps out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "server/base/check.h"
#include "server/claims/reader.h"

namespace claimwatch {

// The standard catalogue, built once.
inline const Catalogue& TestCatalogue() {
  static const Catalogue* catalogue = [] {
    absl::StatusOr<std::unique_ptr<const Catalogue>> loaded = Catalogue::Load("");
    CW_CHECK(loaded.ok());
    return loaded->release();
  }();
  return *catalogue;
}

// An English article of 1 March 2024, a Friday.
inline Article TestArticle(std::string_view body, std::string_view title = "") {
  Article article;
  article.id = "a1";
  article.language = "en";
  article.title = std::string(title);
  article.body = std::string(body);
  article.publish_time = absl::FromUnixSeconds(1709287200);
  return article;
}

// The dumps of an article's claims, joined by "; ".
inline std::string Reads(std::string_view body, std::string_view title = "") {
  const Article article = TestArticle(body, title);
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  std::string all;
  for (const Claim& claim : read.claims) {
    if (!all.empty()) all += "; ";
    all += Dump(claim, TestCatalogue());
  }
  return all;
}

// A row of a table: what is read in a text.
struct ReadingCase {
  const char* text;
  const char* claims;
};

}  // namespace claimwatch
