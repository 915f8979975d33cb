/** Films in pictures: folders of PNG or JPEG frames, GIF and video files. */
package hgn.films.pictures;
