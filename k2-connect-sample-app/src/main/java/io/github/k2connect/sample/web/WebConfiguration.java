package io.github.k2connect.sample.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.WebContentInterceptor;

/**
 * Configuration of the cache headers. No cache stores the pages of orders, because an
 * order may change at any time. Only the customer's browser stores product pages: when
 * the customer goes back, it shows the same form with the same one-time token.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		WebContentInterceptor interceptor = new WebContentInterceptor();
		interceptor.addCacheMapping(CacheControl.noStore(), "/orders/**", "/staff/**");
		interceptor.addCacheMapping(CacheControl.noCache().cachePrivate(), "/products/**");
		registry.addInterceptor(interceptor).addPathPatterns("/orders/**", "/staff/**", "/products/**");
	}

}
