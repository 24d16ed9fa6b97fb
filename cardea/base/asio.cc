// SPDX-License-Identifier: Apache-2.0
// The one object that holds Asio's bodies (BOOST_ASIO_SEPARATE_COMPILATION).
#include <boost/asio/impl/src.hpp>
